package profgen.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Consumer;
import profgen.BadInputException;
import profgen.profile.Baseline;
import profgen.profile.Profile;
import profgen.profile.ProfileReader;
import profgen.recording.RecordingWriter;

/** Profiles named on a command line: files, or baselines by their names. */
final class ProfileFiles {
    /** A recording says so in its first key. */
    private static final int HEAD = 256;

    private ProfileFiles() {}

    static Profile read(String name) {
        return Baseline.named(name).orElseGet(() -> ProfileReader.read(path(name)));
    }

    /** Also a file that engines read otherwise than it looks, or refuse for its comments: {@code warning} is told. */
    static Profile read(String name, Consumer<String> warning) {
        return Baseline.named(name)
                .orElseGet(() -> ProfileReader.read(
                        path(name),
                        oddity -> warning.accept(
                                oddity.path().isEmpty() ? oddity.problem() : oddity.path() + ": " + oddity.problem())));
    }

    static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new BadInputException(name + ": is no file name in this locale: " + e.getReason());
        }
    }

    /** Told by the beginning of the file; one that cannot be read is taken for a profile, whose reader complains. */
    static boolean isRecording(String name) {
        if (Baseline.named(name).isPresent()) {
            return false;
        }
        try (Reader reader = Files.newBufferedReader(path(name), StandardCharsets.UTF_8)) {
            char[] head = new char[HEAD];
            int length = reader.read(head);
            return length > 0
                    && new String(head, 0, length)
                            .stripLeading()
                            .matches("(?s)\\{\\s*\"" + RecordingWriter.VERSION_KEY + "\".*");
        } catch (IOException e) {
            return false;
        }
    }
}
