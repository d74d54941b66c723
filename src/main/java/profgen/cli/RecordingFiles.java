package profgen.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import profgen.recording.Recording;
import profgen.recording.RecordingReader;
import profgen.recording.Recordings;

/** Recordings named on a command line. */
final class RecordingFiles {
    private RecordingFiles() {}

    static List<Recording> read(List<Path> files) {
        List<Recording> recordings = new ArrayList<>();
        for (Path file : files) {
            recordings.add(RecordingReader.read(file));
        }
        return recordings;
    }

    static Recording readMerged(List<Path> files) {
        return Recordings.merge(read(files));
    }
}
