package profgen.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import profgen.BadInputException;
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

    /** Evidence is not overwritten by accident: an existing file must be one of those whose content goes into the new one. */
    static void checkReplaceable(OutputTarget target, List<Path> sources, boolean force) {
        Path file = target.file();
        if (file != null
                && !force
                && Files.isRegularFile(file)
                && sources.stream().noneMatch(one -> same(one, file))) {
            throw new BadInputException(file + ": exists already", "--force replaces it");
        }
        target.checkWritable();
    }

    private static boolean same(Path a, Path b) {
        try {
            return Files.isSameFile(a, b);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
