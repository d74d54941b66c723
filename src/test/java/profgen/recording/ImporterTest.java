package profgen.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import profgen.BadInputException;
import profgen.syscall.Arch;

/** Logs of testdata/traces, which {@code testdata/traces/make} makes again. */
class ImporterTest {
    private static final Path LOGS = Path.of("testdata/traces");
    private static final Importer IMPORTER = new Importer("0.1.0", Arch.X86_64, "6.1.0");

    @TempDir
    private Path folder = Path.of("unset");

    private static Run run(String... names) {
        Recording recording =
                IMPORTER.strace(Stream.of(names).map(LOGS::resolve).toList());
        assertThat(recording.runs()).hasSize(1);
        return recording.runs().get(0);
    }

    private static String[] apart() throws IOException {
        try (Stream<Path> files = Files.list(LOGS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("apart."))
                    .toArray(String[]::new);
        }
    }

    /** Without pause: how far a process comes before its signal is chance. */
    private static Set<String> calls(Run run) {
        Set<String> calls = run.calls().stream()
                .map(call -> call.id().name().orElse(String.valueOf(call.id().number())))
                .collect(Collectors.toCollection(TreeSet::new));
        calls.remove("pause");
        return calls;
    }

    private static Call call(Run run, String name) {
        return run.calls().stream()
                .filter(call -> call.id().name().filter(name::equals).isPresent())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_log_that_is_given_twice_is_one_run() throws IOException {
        Path log = LOGS.resolve(apart()[0]);
        Path whole = Files.copy(log, folder.resolve("a.strace"));
        Path copy = Files.copy(log, folder.resolve("b.strace"));
        Recording once = IMPORTER.strace(List.of(whole));
        assertThat(IMPORTER.strace(List.of(whole, whole))).isEqualTo(once);
        assertThat(IMPORTER.strace(List.of(whole, copy)).runs()).isNotEmpty();
    }

    @Test
    void every_style_shows_the_same_calls_with_the_same_arguments() throws IOException {
        Run plain = run("plain.strace");
        assertThat(calls(plain)).contains("socket", "clone", "unshare", "wait4", "1000");
        for (Run other : List.of(run("wordy.strace"), run("raw.strace"), run(apart()), run("undecoded.strace"))) {
            assertThat(calls(other)).isEqualTo(calls(plain));
            assertThat(other.outcome().exitStatus()).isEqualTo(7);
            assertThat(other.complete()).isTrue();
            for (String name : List.of("socket", "clone", "unshare")) {
                assertThat(call(other, name).arguments())
                        .as(name)
                        .isEqualTo(call(plain, name).arguments());
                assertThat(call(other, name).count())
                        .as(name)
                        .isEqualTo(call(plain, name).count());
            }
        }
        assertThat(call(plain, "socket").arguments())
                .isEqualTo(new Call.Arguments(
                        List.of(0, 1, 2), List.of(List.of(1L, 0x80001L, 0L), List.of(2L, 2L, 0L)), false));
        assertThat(plain.provenance().command()).containsExactly("./sockets");
        assertThat(call(plain, "pause").errnos()).containsKey(514);
    }

    @Test
    void executables_follow_their_processes_and_a_name_tells_another_abi() {
        Run mixed = run("mixed.strace");
        assertThat(mixed.calls()).extracting(Call::executable).contains("/usr/bin/sh", "./sockets32", "/bin/true");
        assertThat(mixed.calls())
                .filteredOn(call -> call.executable().equals("./sockets32"))
                .extracting(call -> call.id().abi() + " " + call.id().name().orElse(""))
                .contains("i386 socket", "i386 socketcall");
        assertThat(mixed.ledger())
                .extracting(Run.LedgerEntry::kind)
                .contains("abi-not-told", "socketcall-or-not", Ledger.FOREIGN_ABI);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clone(child_stack=NULL, flags=CLONE_UNTRACED|SIGCHLD) = 8",
                "clone(child_stack=NULL, flags=0x800000|17) = 8",
                "clone3({flags=CLONE_UNTRACED, exit_signal=SIGCHLD, stack=NULL, stack_size=0}, 64) = 8",
                "clone3({flags=0x800000, exit_signal=17, stack=NULL, stack_size=0}, 64) = 8"
            })
    void a_child_that_strace_does_not_follow_makes_the_recording_incomplete(String clone) throws IOException {
        String before = "7 execve(\"./parent\", [\"./parent\"], 0x7ffc /* 9 vars */) = 0\n";
        String after = "7 exit_group(0) = ?\n7 +++ exited with 0 +++\n";
        Path log = folder.resolve("log");
        Files.writeString(log, before + "7 " + clone + "\n" + after);
        Run run = IMPORTER.strace(List.of(log)).runs().get(0);
        assertThat(run.ledger())
                .filteredOn(entry -> entry.kind().equals(Ledger.UNTRACED_CLONE))
                .singleElement()
                .satisfies(entry -> assertThat(entry.detail()).startsWith("./parent made a child with CLONE_UNTRACED"));
        assertThat(run.complete()).isFalse();
        Files.writeString(
                log, before + "7 " + clone.replaceFirst("= 8", "= -1 EPERM (Operation not permitted)") + "\n" + after);
        assertThat(IMPORTER.strace(List.of(log)).runs().get(0).complete()).isTrue();
    }

    @Test
    void a_table_of_counts_is_refused() {
        assertThatThrownBy(() -> run("counts.strace"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("counts.strace:1: a table of counts");
    }

    @Test
    void the_same_log_makes_the_same_recording_which_can_be_read_again() {
        Recording once = IMPORTER.strace(List.of(LOGS.resolve("plain.strace")));
        String text = RecordingWriter.write(once);
        assertThat(RecordingWriter.write(IMPORTER.strace(List.of(LOGS.resolve("plain.strace")))))
                .isEqualTo(text);
        assertThat(RecordingReader.parse(text, "x")).isEqualTo(once);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void a_damaged_log_is_a_recording_or_bad_input(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] whole = Files.readAllBytes(LOGS.resolve("wordy.strace"));
        for (int i = 0; i < 20; i++) {
            byte[] damaged = whole.clone();
            for (int j = 0; j < 40; j++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Path file = Files.write(folder.resolve("damaged"), damaged);
            try {
                Recording recording = IMPORTER.strace(List.of(file));
                RecordingReader.parse(RecordingWriter.write(recording), "x");
            } catch (BadInputException refused) {
                assertThat(refused).hasMessageContaining("damaged");
            }
        }
    }

    @Test
    void records_of_audit_are_read_raw_interpreted_and_from_the_kernels_log() throws IOException {
        Path log = Files.write(
                folder.resolve("audit.log"),
                List.of(
                        "type=SECCOMP msg=audit(1690000000.123:456): auid=0 uid=0 gid=0 ses=1 pid=12 comm=\"x\" exe=\"/usr/bin/x\" sig=0 arch=c000003e syscall=41 compat=0 ip=0x7f code=0x7ffc0000",
                        "[ 1.5] audit: type=1326 audit(1690000001.123:457): auid=0 pid=12 comm=\"x\" exe=2F612062 sig=31 arch=40000003 syscall=102 compat=1 ip=0x7f code=0x0",
                        "type=SYSCALL msg=audit(11/22/2026 10:00:00.123:458) : arch=x86_64 syscall=unshare success=no exit=EPERM(Operation not permitted) a0=0x10000000 a1=0x0 a2=0x0 a3=0x0 items=0 ppid=1 pid=13 comm=x exe=/usr/bin/x key=(null)",
                        "type=CWD msg=audit(1690000000.123:456): cwd=\"/\""));
        Run run = IMPORTER.audit(List.of(log)).runs().get(0);
        assertThat(run.calls())
                .extracting(call -> call.executable() + " " + call.id().abi() + " "
                        + call.id().number())
                .containsExactlyInAnyOrder("/usr/bin/x x86_64 41", "/a b i386 102", "/usr/bin/x x86_64 272");
        assertThat(call(run, "unshare").errnos()).containsOnlyKeys(1);
        assertThat(call(run, "unshare").arguments())
                .isEqualTo(new Call.Arguments(List.of(0), List.of(List.of(0x10000000L)), false));
        assertThat(call(run, "socket").arguments())
                .extracting(Call.Arguments::many)
                .isEqualTo(true);
        assertThat(call(run, "socket").count()).isNull();
        assertThat(run.complete()).isFalse();
    }
}
