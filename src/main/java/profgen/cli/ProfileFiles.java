package profgen.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Consumer;
import profgen.BadInputException;
import profgen.profile.Baseline;
import profgen.profile.Profile;
import profgen.profile.ProfileReader;

/** Profiles named on a command line: files, or baselines by their names. */
final class ProfileFiles {
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
}
