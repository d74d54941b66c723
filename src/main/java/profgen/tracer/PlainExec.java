package profgen.tracer;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import profgen.container.Container;

/** As the user's own {@code docker exec}: under the container's filter, if it has one, and without a tracer. */
record PlainExec(Container container) implements Inside {
    private static final File NOTHING = new File("/dev/null");

    @Override
    public Tried run(List<String> command, Duration limit) {
        try {
            Process client = new ProcessBuilder(container.execLine(command))
                    .redirectInput(NOTHING)
                    .redirectOutput(NOTHING)
                    .redirectError(NOTHING)
                    .start();
            boolean ended = client.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
            client.destroyForcibly();
            return new Tried(ended && client.exitValue() == 0, Optional.empty());
        } catch (IOException e) {
            return Tried.FAILED; /* the container is gone */
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Tried.FAILED;
        }
    }
}
