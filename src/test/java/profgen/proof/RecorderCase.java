package profgen.proof;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import profgen.Requires;
import profgen.recording.CallId;

/**
 * A program that is recorded beside another witness.
 *
 * @param status what it ends with
 * @param denied call to how often the program's own filter denies it: the tracepoint at the entry comes after the filter
 * @param mayNotReturn names of calls, beside exit and exit_group, that can end the process before they return; it depends on the kernel
 * @param mayNotEnter names of calls of which one can be cut off: its process is killed after the recorder has seen it and before the tracepoint has
 */
record RecorderCase(
        String name,
        List<String> command,
        int status,
        Map<String, Long> denied,
        Set<String> mayNotReturn,
        Set<String> mayNotEnter) {
    private static final String PYTHON = """
            import subprocess, threading
            threads = [threading.Thread(target=sum, args=(range(1000),)) for _ in range(3)]
            [t.start() for t in threads]
            [t.join() for t in threads]
            subprocess.run(["true"], check=True)
            print(subprocess.check_output(["echo", "sub"]))
            """;

    RecorderCase {
        command = List.copyOf(command);
        denied = Map.copyOf(denied);
        mayNotReturn = Set.copyOf(mayNotReturn);
        mayNotEnter = Set.copyOf(mayNotEnter);
    }

    static Stream<RecorderCase> all() throws IOException {
        return Stream.concat(
                tools(),
                Stream.of(
                        workload("foreign"),
                        workload("signals"),
                        workload("stopped"),
                        workload("daemon").ending(6).perhapsCutOff("getsid", "exit_group"),
                        workload("exec_thread").ending(8),
                        workload("filter")
                                .ending(128 + 31)
                                .denying(Map.of("getsid", 2L, "getpgid", 1L))
                                .perhapsNever("getpgid"),
                        workload("fate", "raise", "9").ending(128 + 9)));
    }

    /** Skips the test where the machine has no such program. */
    void require() {
        String program = command.get(0);
        if (!program.startsWith("/")) {
            Requires.command(program);
        }
    }

    /** What one run of the program may show and another one not. */
    List<Witness.Difference> racing() {
        return name.equals("exec_thread")
                ? List.of(new Witness.Difference(
                        "the threads that wait, in pause or for another one, may not have come that far when that executes",
                        Set.of(new CallId("x86_64", 34), new CallId("x86_64", 202))))
                : List.of();
    }

    /** Without those that do not make the same calls in each run: the JVM's threads race (futex, madvise, sched_yield). */
    static Stream<RecorderCase> deterministic() throws IOException {
        return all().filter(program -> !program.name().equals("java"));
    }

    private static Stream<RecorderCase> tools() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String source = Checkout.workload("stopped.c").toString();
        return Stream.of(
                of("ls", "ls", "-lR", "/etc"),
                of(
                        "bash",
                        "bash",
                        "-c",
                        "seq 100 | sort -n | (read -r x; echo $x) | cat <(echo a) - | wc -l; (exit 3) & wait $!; true"),
                of("python", "python3", "-c", PYTHON),
                of(
                        "gcc",
                        "gcc",
                        "-O2",
                        "-c",
                        "-o",
                        Checkout.target().resolve("stopped.o").toString(),
                        source),
                of("java", java, "-version"));
    }

    private static RecorderCase of(String name, String... command) {
        return new RecorderCase(name, List.of(command), 0, Map.of(), Set.of(), Set.of());
    }

    private static RecorderCase workload(String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Workloads.compiled(name).toString()));
        command.addAll(List.of(arguments));
        return new RecorderCase(name, command, 0, Map.of(), Set.of(), Set.of());
    }

    private RecorderCase denying(Map<String, Long> calls) {
        return new RecorderCase(name, command, status, calls, mayNotReturn, mayNotEnter);
    }

    private RecorderCase perhapsNever(String... names) {
        return new RecorderCase(name, command, status, denied, Set.of(names), mayNotEnter);
    }

    private RecorderCase perhapsCutOff(String... names) {
        return new RecorderCase(name, command, status, denied, mayNotReturn, Set.of(names));
    }

    private RecorderCase ending(int with) {
        return new RecorderCase(name, command, with, denied, mayNotReturn, mayNotEnter);
    }

    @Override
    public String toString() {
        return name;
    }
}
