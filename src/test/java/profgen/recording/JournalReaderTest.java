package profgen.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import profgen.BadInputException;
import profgen.capability.CapabilitySet;
import profgen.syscall.Arch;

class JournalReaderTest {
    private static final String ID = "0123456789abcdef0123456789abcdef";
    private static final String START = "{\"t\":\"start\",\"journal\":1,\"runId\":\"" + ID
            + "\",\"backend\":\"ptrace\",\"arch\":\"x86_64\",\"kernel\":\"6.18.44\",\"realtime\":1760000000000000000,"
            + "\"tracerPid\":7,\"engine\":\"sandbox\",\"command\":[\"numactl\",\"--show\"],\"cwd\":\"/x\"}";
    private static final String EXE =
            "{\"t\":\"exe\",\"id\":0,\"path\":\"/usr/bin/numactl\",\"ns\":100,\"pid\":9,\"argv0\":\"numactl\"}";
    private static final String END =
            "{\"t\":\"end\",\"ns\":900,\"exited\":0,\"core\":false,\"processes\":1,\"threads\":1,\"lost\":0}";

    private static Journal read(String... lines) {
        return readText(String.join("\n", lines) + "\n");
    }

    private static Journal readText(String text) {
        try {
            return JournalReader.read(
                    new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                    "x.journal",
                    new Journal.Origin("0.1.0", List.of("network=host"), List.of()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String call(int exe, String abi, String number, long ns) {
        return "{\"t\":\"call\",\"exe\":" + exe + ",\"abi\":\"" + abi + "\",\"nr\":" + number + ",\"ns\":" + ns
                + ",\"pid\":9,\"argv0\":\"numactl\"}";
    }

    private static List<String> kinds(Run run) {
        return run.ledger().stream().map(Run.LedgerEntry::kind).toList();
    }

    @Test
    void a_whole_journal_becomes_a_complete_run() {
        Journal journal = read(
                START,
                "{\"t\":\"workload\",\"pid\":9,\"uid\":0,\"gid\":0,\"groups\":[0,4294967294],\"capInh\":\"0\","
                        + "\"capPrm\":\"a80425fb\",\"capEff\":\"a80425fb\",\"capBnd\":\"a80425fb\",\"capAmb\":\"0\","
                        + "\"userNamespace\":false,\"noNewPrivileges\":false,\"seccomp\":0,\"seccompFilters\":0}",
                EXE,
                call(0, "x86_64", "239", 200),
                "{\"t\":\"args\",\"exe\":0,\"abi\":\"x86_64\",\"nr\":239,\"v\":[18446744073709551615]}",
                "{\"t\":\"errno\",\"exe\":0,\"abi\":\"x86_64\",\"nr\":239,\"errno\":1}",
                "{\"t\":\"progress\",\"ns\":500,\"processes\":1,\"threads\":1,\"running\":1,\"calls\":3,\"distinct\":1}",
                "{\"t\":\"count\",\"exe\":0,\"abi\":\"x86_64\",\"nr\":239,\"calls\":3,\"errnos\":{\"1\":2}}",
                END);
        Run run = journal.run();
        assertThat(journal.failure()).isNull();
        assertThat(run.complete()).isTrue();
        assertThat(run.ledger()).isEmpty();
        assertThat(run.provenance().arch()).isEqualTo(Arch.X86_64);
        assertThat(run.provenance().options()).containsExactly("network=host");
        Run.StartState start = Objects.requireNonNull(run.start());
        assertThat(start.bounding()).isEqualTo(CapabilitySet.DOCKER_DEFAULT);
        assertThat(start.groups()).containsExactly(0, -2);
        assertThat(run.outcome()).isEqualTo(new Run.Outcome(900L, 0, null, 1L, 1L));
        Call call = run.calls().get(0);
        assertThat(call.id().name()).contains("get_mempolicy");
        assertThat(call.count()).isEqualTo(3);
        assertThat(call.errnos()).isEqualTo(Map.of(1, 2L));
        assertThat(call.successes()).hasValue(1);
        assertThat(call.arguments()).isEqualTo(new Call.Arguments(List.of(4), List.of(List.of(-1L)), false));
    }

    @Test
    void a_journal_without_an_end_becomes_an_incomplete_run_without_counts() {
        Run run = read(
                        START,
                        EXE,
                        call(0, "x86_64", "239", 200),
                        "{\"t\":\"errno\",\"exe\":0,\"abi\":\"x86_64\",\"nr\":239,\"errno\":1}")
                .run();
        assertThat(run.complete()).isFalse();
        assertThat(kinds(run)).containsExactly(Ledger.NO_END);
        assertThat(run.calls().get(0).count()).isNull();
        assertThat(run.calls().get(0).successes()).isEmpty();
        assertThat(run.calls().get(0).errnos()).containsOnlyKeys(1);
        assertThat(run.outcome()).isEqualTo(new Run.Outcome(null, null, null, null, null));
    }

    @Test
    void cut_anywhere_behind_its_first_line_a_journal_still_becomes_a_run() {
        String whole = String.join("\n", START, EXE, call(0, "x86_64", "1", 200), END) + "\n";
        for (int length = START.length() + 1; length < whole.length(); length++) {
            Run run = readText(whole.substring(0, length)).run();
            assertThat(run.complete()).as("cut after %s", length).isFalse();
            assertThat(kinds(run)).contains(Ledger.NO_END);
            assertThat(kinds(run).contains(Ledger.JOURNAL_TORN)).isEqualTo(whole.charAt(length - 1) != '\n');
        }
    }

    @Test
    void a_damaged_line_is_left_out_and_said() {
        Run run = read(
                        START,
                        EXE,
                        "{\"t\":\"call\",\"exe\":0",
                        call(0, "x86_64", "1", 200),
                        call(7, "x86_64", "2", 3),
                        END)
                .run();
        assertThat(run.complete()).isFalse();
        assertThat(run.calls()).hasSize(1);
        assertThat(run.ledger())
                .singleElement()
                .extracting(Run.LedgerEntry::detail)
                .asString()
                .startsWith("2 lines could not be understood: line 3: ");
    }

    @Test
    void a_number_without_a_name_is_kept_and_said() {
        Run run = read(START, EXE, call(0, "x86_64", "-1", 200), call(0, "unknown:0x80000015", "5", 300), END)
                .run();
        assertThat(run.complete()).isTrue();
        assertThat(run.calls()).hasSize(2);
        assertThat(run.ledger())
                .containsExactly(
                        new Run.LedgerEntry(
                                Ledger.UNNAMED_NUMBER,
                                "unknown:0x80000015 5 (by /usr/bin/numactl) has no name in profgen's tables"),
                        new Run.LedgerEntry(
                                Ledger.UNNAMED_NUMBER,
                                "x86_64 -1 (by /usr/bin/numactl) has no name in profgen's tables"));
    }

    @Test
    void io_uring_is_said_even_if_the_recorder_did_not() {
        Run run = read(START, EXE, call(0, "x86_64", "425", 200), END).run();
        assertThat(kinds(run)).containsExactly(Ledger.USES_IO_URING);
    }

    @Test
    void a_debugger_that_the_recorder_was_in_the_way_of_is_told_but_not_one_that_it_was_not() {
        String call = call(0, "x86_64", "101", 200);
        String refused = "{\"t\":\"errno\",\"exe\":0,\"abi\":\"x86_64\",\"nr\":101,\"errno\":1,\"ns\":300}";
        assertThat(kinds(read(START, EXE, call, refused, END).run())).containsExactly(Ledger.ONE_TRACER);
        assertThat(kinds(read(START, EXE, call, END).run())).isEmpty();
        for (String backend : List.of("ebpf", "notify")) {
            String start = START.replace("\"ptrace\"", '"' + backend + '"');
            assertThat(kinds(read(start, EXE, call, refused, END).run())).isEmpty();
        }
    }

    @Test
    void losses_make_a_run_incomplete_and_remarks_do_not() {
        String end = END.replace("\"lost\":0", "\"lost\":2");
        assertThat(kinds(read(START, end).run())).containsExactly(Ledger.LOST_EVENTS);
        assertThat(read(START, end).run().complete()).isFalse();
        String note = "{\"t\":\"note\",\"kind\":\"%s\",\"detail\":\"x\"}";
        assertThat(read(START, note.formatted("filter-present"), END).run().complete())
                .isTrue();
        assertThat(read(START, note.formatted("untraced-clone"), END).run().complete())
                .isFalse();
    }

    @Test
    void a_command_that_could_not_be_executed_is_a_failure_of_the_command() {
        Journal.Failure failure = read(
                        START,
                        "{\"t\":\"error\",\"stage\":\"exec\",\"errno\":2,\"message\":\"nosuch: No such file or directory\"}")
                .failure();
        assertThat(failure).isEqualTo(new Journal.Failure("exec", 2, "nosuch: No such file or directory"));
        assertThat(new Journal.Failure("exec", 2, "").isNotFound()).isTrue();
        assertThat(new Journal.Failure("exec", 13, "").isNotFound()).isFalse();
        assertThat(new Journal.Failure("exec", 13, "").isOfCommand()).isTrue();
        assertThat(new Journal.Failure("sandbox", 2, "").isOfCommand()).isFalse();
    }

    @Test
    void two_executables_of_one_path_are_one() {
        Run run = read(
                        START,
                        EXE,
                        EXE.replace("\"id\":0", "\"id\":1"),
                        call(0, "x86_64", "1", 300),
                        call(1, "x86_64", "1", 200),
                        "{\"t\":\"count\",\"exe\":0,\"abi\":\"x86_64\",\"nr\":1,\"calls\":3,\"errnos\":{\"1\":2}}",
                        "{\"t\":\"count\",\"exe\":1,\"abi\":\"x86_64\",\"nr\":1,\"calls\":4,\"errnos\":{\"1\":1,\"9\":1}}",
                        END)
                .run();
        Call call = run.calls().get(0);
        assertThat(run.calls()).hasSize(1);
        assertThat(call.count()).isEqualTo(7);
        assertThat(call.errnos()).isEqualTo(Map.of(1, 3L, 9, 1L));
        assertThat(call.first().ns()).isEqualTo(200);
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 20);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_mutilated_journal_becomes_a_run_or_is_refused_in_one_line(long seed) throws IOException {
        String whole = Files.readString(Path.of("testdata/journals/foreign/run.journal"));
        Mutilation mutilation = new Mutilation(seed);
        for (int i = 0; i < 10; i++) {
            String text = mutilation.of(whole);
            try {
                Recording recording = new Recording(List.of(readText(text).run()));
                assertThat(RecordingReader.parse(RecordingWriter.write(recording), "x"))
                        .isEqualTo(recording);
            } catch (BadInputException e) {
                assertThat(e.getMessage()).startsWith("x.journal: ").doesNotContain("\n");
            }
        }
    }

    @Test
    void totals_that_contradict_themselves_are_damage() {
        String count = "{\"t\":\"count\",\"exe\":0,\"abi\":\"x86_64\",\"nr\":1,\"calls\":3,\"errnos\":{\"1\":%s}}";
        for (String times : List.of("4", "0", "9223372036854775807")) {
            Run run = read(START, EXE, call(0, "x86_64", "1", 200), count.formatted(times), END)
                    .run();
            assertThat(kinds(run)).containsExactly(Ledger.JOURNAL_DAMAGED);
            assertThat(run.calls().get(0).count()).isNull();
        }
        String error = "{\"t\":\"errno\",\"exe\":0,\"abi\":\"x86_64\",\"nr\":1,\"errno\":9}";
        assertThat(read(START, EXE, call(0, "x86_64", "1", 200), count.formatted(3), error, END)
                        .run()
                        .calls()
                        .get(0)
                        .errnos())
                .containsOnlyKeys(1);
        String most = count.replace("3", "9223372036854775807").formatted("9223372036854775807");
        assertThat(read(
                                START,
                                EXE,
                                most,
                                EXE.replace("\"id\":0", "\"id\":1"),
                                most.replace("\"exe\":0", "\"exe\":1"),
                                END)
                        .run()
                        .calls()
                        .get(0)
                        .count())
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void a_strace_that_could_not_be_started_leaves_what_the_tracer_said_and_no_call(@TempDir Path folder)
            throws IOException {
        Path journal = folder.resolve("x.journal");
        Files.write(journal, List.of(START.replace("\"ptrace\"", "\"strace\""), EXE, END));
        Run run = JournalReader.read(journal, new Journal.Origin("0.1.0", List.of(), List.of()))
                .run();
        assertThat(run.calls()).isEmpty();
        assertThat(run.complete()).isFalse();
        assertThat(run.ledger()).singleElement().satisfies(entry -> {
            assertThat(entry.kind()).isEqualTo(Ledger.LOST_EVENTS);
            assertThat(entry.detail()).contains("x.journal.strace: strace has left no log");
        });
    }

    @Test
    void what_is_no_journal_is_bad_input_in_one_line() {
        List<String> texts = new ArrayList<>(List.of("", "\n", "{}\n", "hello\n", START, EXE + "\n"));
        texts.add(START.replace("\"journal\":1", "\"journal\":7") + "\n");
        texts.add(START.replace("x86_64", "vax") + "\n");
        texts.add(START.replace(ID, "ABC") + "\n");
        for (String text : texts) {
            assertThatThrownBy(() -> readText(text))
                    .as(text)
                    .isInstanceOf(BadInputException.class)
                    .message()
                    .startsWith("x.journal: ")
                    .doesNotContain("\n");
        }
        assertThatThrownBy(() -> readText(START.replace("\"journal\":1", "\"journal\":7") + "\n"))
                .hasMessage("x.journal: line 1: written by a later profgen: journal version 7, this one reads 1");
    }
}
