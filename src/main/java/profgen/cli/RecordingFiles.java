package profgen.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import profgen.BadInputException;
import profgen.recording.Recording;
import profgen.recording.RecordingReader;
import profgen.recording.Recordings;
import profgen.syscall.Arch;

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

    /** The runs on these architectures, all if none is asked for; there must be one. */
    static Recording on(List<Arch> arches, Recording recording, String name) {
        Recording asked = new Recording(recording.runs().stream()
                .filter(run ->
                        arches.isEmpty() || arches.contains(run.provenance().arch()))
                .toList());
        if (asked.runs().isEmpty()) {
            throw new BadInputException(
                    name + ": no run" + (arches.isEmpty() ? "" : " of the architecture asked for"),
                    "a recording tells only of the architecture that it was made on");
        }
        return asked;
    }
}
