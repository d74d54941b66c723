package profgen.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import profgen.BadInputException;
import profgen.recording.Recording;
import profgen.recording.RecordingWriter;

/** The options that say where a recording is written, and the care that no other evidence is lost by it. */
final class RecordingOutput {
    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "REC",
            converter = OutputTarget.Converter.class,
            description = "The recording to write; - is standard output.")
    private OutputTarget target = OutputTarget.of("-");

    @Option(names = "--force", description = "Replace an existing file, whatever it holds.")
    private boolean force;

    /** An existing file must be one of those whose content goes into the new one. */
    void check(List<Path> sources) {
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

    void write(Recording recording, PrintWriter out) {
        target.write(RecordingWriter.write(recording), out);
    }
}
