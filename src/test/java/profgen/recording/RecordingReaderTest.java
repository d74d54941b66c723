package profgen.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import profgen.BadInputException;

class RecordingReaderTest {
    private static final String RUN = """
            {"id":"0123456789abcdef0123456789abcdef","complete":true,
            "provenance":{"started":"2026-01-01T00:00:00Z","profgenVersion":"0.1.0","backend":"ptrace","engine":"host",
            "options":[],"arch":"x86_64","kernel":"6.12","command":["ls"]},
            "outcome":{"exitStatus":0},"ledger":[{"kind":"k","detail":"d"}],
            "calls":[{"executable":"/usr/bin/ls","abi":"x86_64","number":0,"name":"read","count":3,"errnos":{"EINTR":1},
            "first":{"ns":1,"pid":2,"argv0":"ls"},"arguments":{"indexes":[0],"values":[[18446744073709551615]],"many":false}}]}
            """;
    private static final String GOOD = "{\"profgenRecording\":1,\"runs\":[" + RUN + "]}";

    private static String complaint(String text) {
        try {
            RecordingReader.parse(text, "r.json");
        } catch (BadInputException e) {
            return String.valueOf(e.getMessage());
        }
        return "none";
    }

    @Test
    void unsigned_values_keep_all_64_bits() {
        Recording recording = RecordingReader.parse(GOOD, "r.json");
        Call.Arguments arguments = recording.runs().get(0).calls().get(0).arguments();
        assertThat(arguments).extracting(Call.Arguments::tuples).asString().isEqualTo("[[-1]]");
        assertThat(RecordingWriter.write(recording)).contains("[[18446744073709551615]]");
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "profgenRecording":1 | "profgenRecording":7 | profgenRecording: written by a later profgen: version 7, this one reads 4
            "profgenRecording":1 | "profgenRecording":0 | profgenRecording: expected a whole number from 1 to 2147483647, found 0
            "profgenRecording":1 | "profgenRecording":1.0 | profgenRecording: expected a whole number from 1 to 2147483647, found 1.0
            "profgenRecording":1, | `` | "profgenRecording" is missing; is this a recording?
            "profgenRecording":1 | "profgenRecording":1,"x":2 | x: unknown key; is this a recording?
            "number":0 | "number":"0" | runs[0].calls[0].number: expected a whole number from -2147483648 to 2147483647, found "0"
            "number":0 | "number":2147483648 | runs[0].calls[0].number: expected a whole number from -2147483648 to 2147483647, found 2147483648
            "number":0, | `` | runs[0].calls[0]: "number" is missing
            "number":0 | "number":1 | runs[0].calls[0].name: expected "write", the name of number 1 in x86_64, found "read"
            "abi":"x86_64" | "abi":"vax" | runs[0].calls[0]: no label of an ABI: "vax"
            "count":3 | "count":3,"phases":["serving"] | "phases" in a recording of version 1: expected none
            "count":3 | "count":3,"extent":"at-least" | "extent" in a recording of version 1: expected none
            "count":3 | "count":3,"extent":"exact" | runs[0].calls[0].extent: expected at-least or inherited, found "exact"
            "count":3 | "count":3,"phases":["later"] | runs[0].calls[0].phases[0]: expected entry, serving, shutdown or exec, found "later"
            "count":3 | "count":0 | runs[0].calls[0]: more errors than calls
            "EINTR" | "EFOO" | runs[0].calls[0].errnos.EFOO: no name of an error, as EPERM or "errno 4711"
            "EINTR":1 | "EINTR":1,"errno 4":1 | runs[0].calls[0].errnos["errno 4"]: the same error twice
            18446744073709551615 | 18446744073709551616 | runs[0].calls[0].arguments.values[0][0]: expected a whole number from 0 to 18446744073709551615, found 18446744073709551616
            18446744073709551615 | -1 | runs[0].calls[0].arguments.values[0][0]: expected a whole number from 0 to 18446744073709551615, found -1
            "indexes":[0] | "indexes":[0,1] | runs[0].calls[0].arguments: a tuple that has not as many values as there are indexes
            "arch":"x86_64" | "arch":"vax" | runs[0].provenance.arch: expected an architecture that profgen knows (x86_64, loongarch64), found "vax"
            2026-01-01T00:00:00Z | yesterday | runs[0].provenance.started: expected a time such as 2026-01-31T12:00:00.123456789Z, found "yesterday"
            2026-01-01T00:00:00Z | 9999-01-01T00:00:00Z | runs[0].provenance.started: expected a time such as 2026-01-31T12:00:00.123456789Z, found "9999-01-01T00:00:00Z"
            "id":"0123 | "id":"X123 | runs[0]: the run id is not 32 hexadecimal digits
            "complete":true | "complete":"yes" | runs[0].complete: expected true or false, found "yes"
            "complete":true | "complete":true,"Über\\n":1 | runs[0]["Über?"]: unknown key
            "outcome":{"exitStatus":0}, | `` | runs[0]: "outcome" is missing
            "exitStatus":0 | "exit":0 | runs[0].outcome: unknown key "exit"
            "detail":"d" | "detail":"\\ud800" | runs[0].ledger[0].detail: half a surrogate pair in the text
            "command":["ls"] | "command":"ls" | runs[0].provenance.command: expected a list, found "ls"
            "command":["ls"] | "command":[null] | runs[0].provenance.command[0]: expected a text in quotes, found null
            "runs":[ | "runs":{}, "more":[ | runs: expected a list, found {
            """)
    void a_defect_is_named_with_its_place_and_what_was_expected(String good, String bad, String message) {
        assertThat(GOOD).contains(good);
        assertThat(complaint(GOOD.replace(good, bad))).isEqualTo("r.json: " + message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `` | is empty
            hello | line 1, column 6: not JSON: Unrecognized token 'hello'
            [] | expected an object, found [
            {"profgenRecording":1,"runs":[]} x | line 1, column 35: not JSON: Unrecognized token 'x'
            {"profgenRecording":1,"runs":[]} {} | line 1, column 35: more text after the end of the document
            {"profgenRecording":1,"runs":[ | line 1, column 31: the text ends too early: it was cut off
            {"profgenRecording":1,"profgenRecording":1,"runs":[]} | line 1, column 54: not JSON: Duplicate field 'profgenRecording'
            """)
    void a_text_that_is_no_recording_is_one_line(String text, String message) {
        assertThat(complaint(text)).startsWith("r.json: " + message).doesNotContain("\n");
    }

    @Test
    void one_run_twice_and_one_call_twice_are_refused() {
        assertThat(complaint(GOOD.replace(RUN, RUN + "," + RUN)))
                .isEqualTo("r.json: runs: run 0123456789abcdef0123456789abcdef is there twice");
        int calls = GOOD.indexOf("{\"executable\"");
        String call = GOOD.substring(calls, GOOD.lastIndexOf("}]}\n") + 1);
        assertThat(complaint(GOOD.replace(call, call + "," + call)))
                .contains("runs[0]: one call of one executable twice");
    }

    @Test
    void a_recording_of_another_architecture_is_read() {
        String text = GOOD.replace("\"x86_64\"", "\"loongarch64\"").replace("\"number\":0", "\"number\":63");
        assertThat(RecordingReader.parse(text, "r.json")
                        .runs()
                        .get(0)
                        .provenance()
                        .arch()
                        .unameMachine())
                .isEqualTo("loongarch64");
    }

    @Test
    void a_name_that_only_a_later_table_knows_is_taken_for_what_it_is() {
        String text = GOOD.replace("\"number\":0,\"name\":\"read\"", "\"number\":9999,\"name\":\"brand_new\"");
        assertThat(RecordingReader.parse(text, "r.json")
                        .runs()
                        .get(0)
                        .calls()
                        .get(0)
                        .id())
                .isEqualTo(new CallId("x86_64", 9999));
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 30);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_mutilated_recording_is_read_or_refused_in_one_line(long seed) {
        Mutilation mutilation = new Mutilation(seed);
        String whole = RecordingWriter.write(new RandomRecordings(seed).recording());
        for (int i = 0; i < 40; i++) {
            assertThat(complaint(mutilation.of(whole))).matches("none|r\\.json: .{1,400}");
        }
    }

    @Test
    void hostile_sizes_end_in_one_line() {
        String head = "{\"profgenRecording\":1,\"runs\":[{\"id\":";
        assertThat(complaint(head + "[".repeat(10_000_000))).contains("larger or deeper than profgen reads");
        assertThat(complaint(head + "[" + "[],".repeat(10_000_000))).contains("more than 1000000 parts in one value");
        assertThat(complaint(head + "\"" + "x".repeat(10_000_000))).contains("larger or deeper than profgen reads");
        assertThat(complaint(head + "9".repeat(10_000_000))).contains("larger or deeper than profgen reads");
        assertThat(complaint("{\"" + "k".repeat(10_000_000))).contains("larger or deeper than profgen reads");
    }

    @Test
    void a_file_that_is_not_there_or_not_utf8_is_bad_input(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("r.json");
        assertThatThrownBy(() -> RecordingReader.read(file))
                .isInstanceOf(BadInputException.class)
                .hasMessage(file + ": no such file");
        Files.write(file, GOOD.replace("ls", "\u00e4").getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> RecordingReader.read(file)).hasMessage(file + ": not UTF-8 text");
        Files.writeString(file, GOOD);
        assertThat(RecordingReader.read(file)).isEqualTo(RecordingReader.parse(GOOD, "x"));
        assertThatThrownBy(() -> RecordingReader.read(folder)).isInstanceOf(BadInputException.class);
    }
}
