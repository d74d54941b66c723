package profgen;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Writes every skipped test with its reason into the file {@code profgen.skipped}, which the build prints at its end. */
public final class SkipList implements TestExecutionListener {
    private final Set<String> skipped = new ConcurrentSkipListSet<>();

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        skipped.add(name(test) + ": " + reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
            String reason = result.getThrowable()
                    .flatMap(cause -> String.valueOf(cause.getMessage()).lines().findFirst())
                    .orElse("no reason");
            skipped.add(name(test) + ": " + reason);
        }
    }

    private static String name(TestIdentifier test) {
        String place = test.getSource()
                .map(source -> source instanceof MethodSource method
                        ? method.getClassName()
                        : source instanceof ClassSource type ? type.getClassName() : "")
                .orElse("");
        String type = place.substring(place.lastIndexOf('.') + 1);
        return type.isEmpty() || test.isContainer() ? test.getDisplayName() : type + "." + test.getDisplayName();
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        String file = System.getProperty("profgen.skipped", "");
        if (file.isEmpty()) {
            return;
        }
        try {
            Path path = Path.of(file);
            Files.createDirectories(path.toAbsolutePath().getParent());
            Files.write(path, skipped);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
