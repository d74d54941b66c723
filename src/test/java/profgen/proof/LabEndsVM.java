package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No machine outlives the tests that booted it. */
class LabEndsVM {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    private static Path folder;

    /** The JVM that is killed. */
    public static void main(String[] args) throws IOException {
        LoongMachine.open().boot(Path.of(args[0]), LIMIT, List.of(), "sleep 1000");
    }

    @Test
    void a_machine_ends_with_a_jvm_that_is_killed() throws Exception {
        LoongMachine machine = LoongMachine.open();
        Process jvm = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Dprofgen.lab=" + machine.lab(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LabEndsVM.class.getName(),
                        folder.toString())
                .inheritIO()
                .start();
        ProcessHandle emulator;
        List<ProcessHandle> started;
        try {
            emulator = emulator(jvm);
            started = jvm.descendants().toList();
        } finally {
            jvm.destroyForcibly().waitFor();
        }
        for (ProcessHandle process : started) {
            process.onExit().get(LIMIT.toSeconds() / 2, TimeUnit.SECONDS);
        }
        assertThat(started).contains(emulator);
    }

    /** Looks for it now and then, as long as a machine may take to boot. */
    private static ProcessHandle emulator(Process jvm) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!jvm.waitFor(100, TimeUnit.MILLISECONDS) && System.nanoTime() < end) {
            try (Stream<ProcessHandle> processes = jvm.descendants()) {
                List<ProcessHandle> found =
                        processes.filter(LabEndsVM::isEmulator).toList();
                if (!found.isEmpty()) {
                    return found.get(0);
                }
            }
        }
        throw new AssertionError("the machine ended by itself, or no emulator was started within " + LIMIT);
    }

    private static boolean isEmulator(ProcessHandle process) {
        return process.info()
                .command()
                .filter(name -> name.contains("ld-linux"))
                .isPresent();
    }
}
