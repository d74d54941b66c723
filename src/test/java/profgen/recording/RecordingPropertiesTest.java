package profgen.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordingPropertiesTest {
    static LongStream seeds() {
        return LongStream.rangeClosed(1, 30);
    }

    private static Recording merge(Recording... recordings) {
        return Recordings.merge(List.of(recordings));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void what_was_written_is_read_back(long seed) {
        Recording recording = new RandomRecordings(seed).recording();
        String text = RecordingWriter.write(recording);
        assertThat(RecordingReader.parse(text, "x")).isEqualTo(recording);
        assertThat(RecordingWriter.write(RecordingReader.parse(text, "x"))).isEqualTo(text);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void equal_content_in_another_order_gives_equal_bytes(long seed) {
        Recording recording = new RandomRecordings(seed).recording();
        Random random = new Random(seed);
        List<Run> runs = new ArrayList<>();
        for (Run run : recording.runs()) {
            List<Call> calls = new ArrayList<>(run.calls());
            List<Run.LedgerEntry> ledger = new ArrayList<>(run.ledger());
            Collections.shuffle(calls, random);
            Collections.shuffle(ledger, random);
            List<CapabilityUse> uses = run.capabilityUses();
            runs.add(new Run(
                    run.id(), run.provenance(), run.start(), run.outcome(), ledger, run.complete(), calls, uses));
        }
        Collections.shuffle(runs, random);
        assertThat(RecordingWriter.write(new Recording(runs))).isEqualTo(RecordingWriter.write(recording));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void merge_is_commutative_associative_and_idempotent(long seed) {
        RandomRecordings random = new RandomRecordings(seed);
        Recording a = random.recording();
        Recording b = random.recording();
        Recording c = random.recording();
        assertThat(merge(a, b)).isEqualTo(merge(b, a));
        assertThat(merge(merge(a, b), c)).isEqualTo(merge(a, merge(b, c))).isEqualTo(merge(a, b, c));
        assertThat(merge(a, a)).isEqualTo(a);
        assertThat(merge(merge(a, b), b)).isEqualTo(merge(a, b));
    }
}
