package profgen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/**
 * What a test needs of the machine. A machine that lacks it skips the test with the reason, which the build lists at its end; with
 * {@code -Dprofgen.strict=true} the lack is a failure.
 */
public final class Requires {
    private static final boolean STRICT = Boolean.getBoolean("profgen.strict");

    private Requires() {}

    /** @param need what the machine must have, e.g. {@code a Docker daemon that answers} */
    public static void that(boolean met, String need) {
        if (!met && STRICT) {
            throw new AssertionError("needs " + need + " (strict: not skipped)");
        }
        orSkip(met, need);
    }

    /** For what even a well-equipped machine may lack, another architecture for example: skipped also when strict. */
    public static void orSkip(boolean met, String need) {
        if (!met) {
            throw new TestAbortedException("needs " + need);
        }
    }

    public static void command(String name) {
        that(hasCommand(name), "the command " + name);
    }

    public static boolean hasCommand(String name) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    public static void root() {
        that(isRoot(), "root");
    }

    public static boolean isRoot() {
        return System.getProperty("user.name", "").equals("root");
    }

    public static void docker() {
        that(
                hasCommand("docker") && answers("docker", "version", "--format", "{{.Server.Version}}"),
                "a Docker daemon that answers");
    }

    /** The command ends with status 0 within 20 seconds. */
    public static boolean answers(String... command) {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean ended = process.waitFor(20, TimeUnit.SECONDS);
            process.destroyForcibly();
            return ended && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
