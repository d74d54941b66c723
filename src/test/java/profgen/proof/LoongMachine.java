package profgen.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import profgen.Requires;

/**
 * The emulated LoongArch machine of src/lab. A boot runs one command as root and switches off; nothing stays.
 *
 * @param lab what {@code src/lab/prepare} made; the property {@code profgen.lab}
 */
public record LoongMachine(Path lab) {
    /** An option of the script that boots: two NUMA nodes. */
    static final List<String> TWO_NODES = List.of("-n", "2");

    private static final Path SCRIPTS = Path.of("src", "lab");

    /** Skips the test if there is no such folder. */
    public static LoongMachine open() {
        Path lab = Path.of(System.getProperty("profgen.lab", "target/lab"));
        Requires.that(
                Files.exists(lab.resolve("guest.done")), "the LoongArch machine (src/lab/prepare target/lab makes it)");
        return new LoongMachine(lab);
    }

    /** Compiles for it, by its own cross compiler. */
    public void compile(Path source, Path program) {
        BoundedCommand.of(
                        lab.resolve("bin/loongarch64-linux-gnu-gcc")
                                .toAbsolutePath()
                                .toString(),
                        "-std=gnu17",
                        "-O2",
                        "-Wall",
                        "-Wextra",
                        "-Werror",
                        "-static",
                        "-o",
                        program.toAbsolutePath().toString(),
                        source.toString())
                .run()
                .hasStatus(0);
    }

    /** The tracer of this checkout, with the workloads and tools of its tests: a folder. */
    Path tracer(String arch) {
        Path target = Checkout.target();
        Path build = target.resolve("lab");
        String compiler = arch.equals("loongarch64") ? lab.toAbsolutePath() + "/bin/loongarch64-linux-gnu-" : "";
        // Tests in two JVMs may want it at the same time.
        List<String> words = new ArrayList<>(List.of("flock", target.toString()));
        words.addAll(List.of("make", "-s", "-C", "tracer-native", "ARCH=" + arch));
        words.addAll(List.of("CROSS_COMPILE=" + compiler, "BUILD=" + build, "all", "workloads", "tools"));
        BoundedCommand.of(words).within(Duration.ofMinutes(3)).run().hasStatus(0);
        return build.resolve(arch);
    }

    /** One of the scripts of src/lab. */
    static Path script(String name) {
        return SCRIPTS.resolve(name);
    }

    /**
     * The command must end with status 0.
     *
     * @param command a line of bash, in a folder with the files
     * @param out takes what the command leaves in /out
     * @return what it printed
     */
    public String boot(Path out, Duration limit, List<Path> files, String command) throws IOException {
        return start(out, limit, List.of(), files, command).hasStatus(0).out();
    }

    /** With options of src/lab/boot; it may end with any status. */
    Ended start(Path out, Duration limit, List<String> options, List<Path> files, String command) {
        List<String> words = new ArrayList<>(List.of(script("boot").toString(), lab.toString()));
        words.addAll(List.of("-o", out.toString(), "-t", "" + limit.toSeconds()));
        words.addAll(options);
        files.forEach(file -> words.addAll(List.of("-f", file.toString())));
        words.addAll(List.of("--", command));
        return BoundedCommand.of(words).within(limit.plusSeconds(30)).run();
    }
}
