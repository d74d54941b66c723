package profgen.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Places of the checkout that is tested; Maven runs tests in its top folder. */
final class Checkout {
    private Checkout() {}

    static Path top() {
        return Path.of("").toAbsolutePath();
    }

    /** What users call. */
    static Path launcher() {
        return top().resolve("profgen");
    }

    static Path workload(String source) {
        return top().resolve("testdata/workloads").resolve(source);
    }

    /** A folder under target/ for what these tests keep between runs, gone with {@code mvn clean}. */
    static Path target() {
        try {
            return Files.createDirectories(top().resolve("target/proof"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
