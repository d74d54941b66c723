package profgen.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each folder of testdata/journals: what a recorder wrote, and the recording of it. {@code -Dprofgen.update=true} writes it anew. */
class JournalCasesTest {
    static Stream<Path> cases() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("testdata/journals"))) {
            return folders.sorted().toList().stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void a_journal_makes_its_recording(Path folder) throws IOException {
        Run run = JournalReader.read(
                        folder.resolve("run.journal"), new Journal.Origin("0.1.0", List.of("network=host"), List.of()))
                .run();
        String text = RecordingWriter.write(new Recording(List.of(run)));
        Path expected = folder.resolve("recording.json");
        if (Boolean.getBoolean("profgen.update")) {
            Files.writeString(expected, text);
        }
        assertThat(text).as("-Dprofgen.update=true accepts it").isEqualTo(Files.readString(expected));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void a_follower_sees_the_same_calls_however_the_journal_is_chopped(Path folder) throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve("run.journal"));
        Run run = JournalReader.read(folder.resolve("run.journal"), new Journal.Origin("0.1.0", List.of(), List.of()))
                .run();
        for (int size : new int[] {1, 7, 1000, bytes.length}) {
            JournalFollower follower = new JournalFollower();
            for (int from = 0; from < bytes.length; from += size) {
                follower.accept(java.util.Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + size)));
            }
            JournalFollower.Progress progress = follower.progress();
            assertThat(progress.distinctCalls()).isEqualTo((int)
                    run.calls().stream().map(Call::id).distinct().count());
            assertThat(follower.hasEnded()).isEqualTo(run.outcome().durationNs() != null);
            if (follower.hasEnded()) {
                assertThat(progress.elapsedNs()).isEqualTo(run.outcome().durationNs());
                assertThat(progress.processes()).isEqualTo(run.outcome().processes());
            }
        }
    }
}
