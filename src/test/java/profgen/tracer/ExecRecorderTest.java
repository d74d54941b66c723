package profgen.tracer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import profgen.BadInputException;
import profgen.container.EngineKind;
import profgen.container.RecordedPlace;
import profgen.recording.JournalFollower;

/** Containers whose clients are scripts. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExecRecorderTest {
    private static final String JOURNAL = "while [ \"$1\" != --journal ]; do shift; done; journal=$2; ";

    @TempDir
    private Path folder;

    /** @param client a script that has the tracer's command line as its arguments */
    private ExecRecorder recorder(String client) {
        RecordedPlace place = new RecordedPlace(
                EngineKind.DOCKER, "box", "/nowhere", folder, (options, words) -> line(client, words));
        return ExecRecorder.of(place, List.of(), Backend.PTRACE, "0");
    }

    private static List<String> line(String client, List<String> words) {
        List<String> line = new ArrayList<>(List.of("sh", "-c", client, "sh"));
        line.addAll(words);
        return line;
    }

    @Test
    void a_pipe_in_the_journals_place_is_not_waited_for() {
        ExecRecorder recorder = recorder(JOURNAL + "mkfifo " + folder + "/${journal##*/}");
        assertThatThrownBy(() -> recorder.record(List.of("id"), new Silent()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("is no journal");
        assertThat(recorder.run(List.of("id"), Duration.ofSeconds(20)).journal())
                .isEmpty();
    }

    @Test
    void a_link_in_the_journals_place_is_not_followed() {
        ExecRecorder recorder = recorder(JOURNAL + "ln -s elsewhere " + folder + "/${journal##*/}");
        assertThatThrownBy(() -> recorder.record(List.of("id"), new Silent()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("is no journal");
    }

    private static final class Silent implements RunListener {
        @Override
        public void started(Runnable stop) {}

        @Override
        public void progress(JournalFollower.Progress progress) {}

        @Override
        public void fallback(String reason) {}
    }
}
