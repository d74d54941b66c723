package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import profgen.Requires;
import profgen.recording.Call;
import profgen.recording.CallId;
import profgen.recording.Run;
import profgen.syscall.Abi;
import profgen.syscall.Arch;
import profgen.syscall.SyscallTable;

/**
 * The recorder and the kernel's tracepoints watch the same run: every call that one saw the other saw too, as often. Tracepoints do not tell i386 from x86_64, so
 * numbers are compared.
 */
class RecorderAgainstTracefsIT {
    /** rt_sigreturn puts it in place of the number. */
    private static final int NO_NUMBER = -1;

    private static Tracefs tracefs;

    @TempDir
    private Path folder;

    @BeforeAll
    static void openTracefs() throws IOException {
        Requires.root();
        Requires.command("gcc");
        Requires.orSkip(
                Arch.byName(System.getProperty("os.arch")).equals(Optional.of(Arch.X86_64)), "an x86_64 machine");
        Requires.that(Tracefs.isUsable(), "tracefs in the machine's first pid namespace");
        tracefs = Tracefs.open();
    }

    @AfterAll
    static void closeTracefs() throws IOException {
        if (tracefs != null) {
            tracefs.close();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("profgen.proof.RecorderCase#all")
    void sees_the_calls_that_tracepoints_see(RecorderCase program) throws IOException {
        program.require();
        Recorder recorder = new Recorder(folder);
        BoundedCommand command = recorder.command(List.of("--tracer", "ptrace"), program.command());
        Tracefs.Traced traced = program.name().equals("exec_thread")
                // Executed as /proc/self/exe, its second life has that file's name.
                ? tracefs.traceByName(command, List.of("exec_thread", "exe"))
                : tracefs.trace(command);
        traced.ended().hasStatus(program.status());

        Run run = recorder.run();
        Map<Integer, Long> recorded = numbers(run);
        TracepointLog.Workload seen = traced.log().workload(Recorder.mainPid(run));
        assertThat(entered(seen, program, recorded)).as("entered").isEqualTo(recorded);
        assertThat(without(returned(seen), program.mayNotReturn()))
                .as("returned")
                .isEqualTo(without(recorded.keySet(), program.mayNotReturn()));
    }

    /** What the tracepoint at the entry saw, and what it cannot see: the first execve (before the workload) and what the program's own filter denied. */
    private static Map<Integer, Long> entered(
            TracepointLog.Workload seen, RecorderCase program, Map<Integer, Long> recorded) {
        Map<Integer, Long> entered = new TreeMap<>(seen.entered());
        entered.merge(number("execve"), 1L, Long::sum);
        program.denied().forEach((name, times) -> entered.merge(number(name), times, Long::sum));
        for (String name : program.mayNotEnter()) {
            long times = recorded.getOrDefault(number(name), 0L);
            if (times == entered.getOrDefault(number(name), 0L) + 1) {
                entered.put(number(name), times);
            }
        }
        return entered;
    }

    private static Set<Integer> returned(TracepointLog.Workload seen) {
        Set<Integer> returned = new TreeSet<>(seen.returned().keySet());
        if (returned.remove(NO_NUMBER)) {
            returned.add(number("rt_sigreturn"));
        }
        return returned;
    }

    private static Set<Integer> without(Set<Integer> numbers, Set<String> names) {
        Set<Integer> rest = new TreeSet<>(numbers);
        Stream.concat(names.stream(), Stream.of("exit", "exit_group")).forEach(name -> rest.remove(number(name)));
        return rest;
    }

    /** Number as a tracepoint shows it, to how often. */
    private static Map<Integer, Long> numbers(Run run) {
        Map<Integer, Long> numbers = new TreeMap<>();
        for (Call call : run.calls()) {
            numbers.merge(shown(call.id()), call.count() == null ? 0 : call.count(), Long::sum);
        }
        return numbers;
    }

    private static int shown(CallId id) {
        return id.abi().equals(Abi.X32.label()) ? id.number() | Abi.X32_BIT : id.number();
    }

    private static int number(String name) {
        return SyscallTable.of(Abi.X86_64).number(name).orElseThrow();
    }
}
