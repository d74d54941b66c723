package profgen.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import profgen.BadInputException;
import profgen.diff.ProfileText;
import profgen.filter.Engine;
import profgen.profile.Baseline;
import profgen.profile.Profile;
import profgen.profile.ProfileReader;

/** Profiles named on a command line: files, or baselines by their names. */
final class ProfileFiles {
    private ProfileFiles() {}

    static Profile read(String name) {
        return Baseline.named(name).orElseGet(() -> ProfileReader.read(path(name)));
    }

    /** As {@link #read}; the names of errors are no mistake for an engine that reads them. */
    static Profile readFor(Engine engine, String name) {
        return Baseline.named(name)
                .orElseGet(() -> engine.kind().readsErrnoNames()
                        ? ProfileReader.readWithErrnoNames(path(name))
                        : ProfileReader.read(path(name)));
    }

    /** Also a file that engines read otherwise than it looks, or refuse for its comments: {@code warning} is told. */
    static Profile read(String name, Consumer<String> warning) {
        return Baseline.named(name)
                .orElseGet(() -> ProfileReader.read(
                        path(name),
                        oddity -> warning.accept(
                                oddity.path().isEmpty() ? oddity.problem() : oddity.path() + ": " + oddity.problem())));
    }

    /** Once more, for the lines of what was read; null for what is no file of its own: a baseline, a pipe. */
    static @Nullable ProfileText text(String name) {
        if (Baseline.named(name).isPresent() || !Files.isRegularFile(path(name))) {
            return null;
        }
        String text = ProfileReader.text(path(name));
        return new ProfileText(name, text, ProfileReader.parse(text, name));
    }

    static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new BadInputException(name + ": is no file name in this locale: " + e.getReason());
        }
    }
}
