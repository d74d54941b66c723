package profgen.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The small C programs of testdata/workloads, compiled. */
public final class Workloads {
    private Workloads() {}

    /** A static program, so that it runs in any container of this architecture. */
    public static Path compiled(String name) throws IOException {
        return compiled(name, Checkout.workload(name + ".c"));
    }

    /** tracer-native/test/act.c, which puts filters on itself and does one thing. */
    static Path act() throws IOException {
        return compiled("act", Checkout.top().resolve("tracer-native/test/act.c"));
    }

    private static Path compiled(String name, Path source) throws IOException {
        Path folder = Files.createDirectories(Checkout.target().resolve("workloads"));
        Path program = folder.resolve(name);
        BoundedCommand.of(
                        "gcc",
                        "-O2",
                        "-D_GNU_SOURCE",
                        "-static",
                        "-pthread",
                        "-o",
                        program.toString(),
                        source.toString())
                .run()
                .hasStatus(0);
        return program;
    }
}
