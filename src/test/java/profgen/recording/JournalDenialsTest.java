package profgen.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class JournalDenialsTest {
    private static final String HEAD = """
            {"t":"start","journal":1,"runId":"0123456789abcdef0123456789abcdef","backend":"ptrace","arch":"x86_64",\
            "kernel":"6.18.44","realtime":1,"tracerPid":7,"engine":"sandbox","command":["x"],"cwd":"/"}
            {"t":"exe","id":0,"path":"/bin/x","ns":1,"pid":9,"argv0":"x"}
            {"t":"call","exe":0,"abi":"x86_64","nr":239,"ns":2,"pid":9,"argv0":"x"}
            """;
    private static final String DENIED = "{\"t\":\"denied\",\"exe\":0,\"abi\":\"x86_64\",\"nr\":239,\"answer\":";

    private static Journal read(String lines) throws IOException {
        byte[] text = (HEAD + lines).getBytes(StandardCharsets.UTF_8);
        return JournalReader.read(
                new ByteArrayInputStream(text), "x", new Journal.Origin("0.1.0", List.of(), List.of()));
    }

    @Test
    void sets_of_arguments_of_one_answer_are_one_denial_with_its_count() throws IOException {
        Journal journal = read(DENIED + "327681,\"args\":[0,0,0,0,0,4],\"ns\":5,\"pid\":9,\"argv0\":\"x\"}\n" + DENIED
                + "327681,\"args\":[18446744073709551615,0,0,0,0,4],\"ns\":6,\"pid\":9,\"argv0\":\"x\"}\n" + DENIED
                + "2147483648,\"args\":[1,0,0,0,0,0],\"ns\":7,\"pid\":9,\"argv0\":\"x\"}\n"
                + DENIED.replace("denied", "denied-count") + "327681,\"calls\":12}\n");
        assertThat(journal.denials())
                .containsExactly(
                        new Denial(
                                "/bin/x",
                                new CallId("x86_64", 239),
                                0x50001,
                                12L,
                                new Call.FirstSight(5, 9, "x"),
                                List.of(List.of(0L, 0L, 0L, 0L, 0L, 4L), List.of(-1L, 0L, 0L, 0L, 0L, 4L)),
                                new TreeSet<>()),
                        new Denial(
                                "/bin/x",
                                new CallId("x86_64", 239),
                                0x80000000,
                                null,
                                new Call.FirstSight(7, 9, "x"),
                                List.of(List.of(1L, 0L, 0L, 0L, 0L, 0L)),
                                new TreeSet<>()));
        assertThat(journal.run().calls()).hasSize(1);
    }

    @Test
    void a_denial_has_the_phases_in_which_it_was_refused_if_the_run_has_any() throws IOException {
        String denied = DENIED + "327681,\"args\":[0,0,0,0,0,4],\"ns\":5,\"pid\":9,\"argv0\":\"x\"}\n";
        String serving = "{\"t\":\"phase\",\"phase\":\"serving\",\"cause\":\"asked\",\"ns\":6}\n";
        String seen = "{\"t\":\"call-phase\",\"exe\":0,\"abi\":\"x86_64\",\"nr\":239,\"phase\":\"serving\",\"ns\":7}\n";
        assertThat(read(denied).denials()).extracting(Denial::phases).containsExactly(new TreeSet<>());
        Journal both = read(denied + serving + seen + denied);
        assertThat(both.denials())
                .extracting(Denial::phases)
                .containsExactly(new TreeSet<>(List.of(Phase.ENTRY, Phase.SERVING)));
        assertThat(both.denials().get(0).arguments()).hasSize(1);
    }

    @Test
    void a_denial_without_its_six_arguments_is_a_damaged_line() throws IOException {
        Journal journal = read(DENIED + "327681,\"args\":[0],\"ns\":5,\"pid\":9,\"argv0\":\"x\"}\n");
        assertThat(journal.denials()).isEmpty();
        assertThat(journal.run().ledger()).extracting(Run.LedgerEntry::kind).contains(Ledger.JOURNAL_DAMAGED);
    }
}
