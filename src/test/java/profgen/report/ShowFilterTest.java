package profgen.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import profgen.BadInputException;
import profgen.recording.Phase;
import profgen.recording.Recording;
import profgen.recording.RecordingReader;

class ShowFilterTest {
    private static final Recording PIPELINE =
            RecordingReader.read(Path.of("testdata/journals/pipeline/recording.json"));

    private static List<String> rows(List<String> calls, List<String> executables, List<String> errnos) {
        return ShowReport.rows(PIPELINE, ShowFilter.of(calls, executables, errnos)).stream()
                .map(row -> ShowReport.name(row.id()) + " " + row.executable())
                .toList();
    }

    @Test
    void conditions_are_joined_and_entries_are_alternatives() {
        assertThat(rows(List.of("pipe*", "statfs", "fu?ex"), List.of("ls", "/usr/bin/dash"), List.of()))
                .containsExactly("futex /usr/bin/ls", "pipe2 /usr/bin/dash", "statfs /usr/bin/ls");
        assertThat(rows(List.of(), List.of(), List.of("ECHILD", "9")))
                .containsExactly("close /usr/bin/dash", "wait4 /usr/bin/dash");
        assertThat(rows(List.of("read"), List.of("/usr/*/wc"), List.of())).containsExactly("read /usr/bin/wc");
        assertThat(rows(List.of("reboot"), List.of(), List.of())).isEmpty();
    }

    @Test
    void a_phase_shows_what_was_seen_in_it_and_a_run_that_is_not_divided_shows_nothing() {
        Recording served = RecordingReader.read(Path.of("testdata/journals/served/recording.json"));
        ShowFilter shutdown = ShowFilter.ALL.in(List.of(Phase.SHUTDOWN));
        assertThat(ShowReport.rows(served, shutdown))
                .extracting(row -> ShowReport.name(row.id()))
                .containsExactly("exit_group", "getpriority", "rt_sigreturn");
        assertThat(ShowReport.rows(PIPELINE, shutdown)).isEmpty();
    }

    @Test
    void characters_that_mean_something_elsewhere_are_themselves() {
        assertThat(Glob.of("a.c[\\E]*").matches("a.c[\\E]xyz")).isTrue();
        assertThat(Glob.of("a.c").matches("abc")).isFalse();
        assertThat(Glob.of("*").matches("a\nb/c")).isTrue();
    }

    @Test
    void a_misspelt_name_is_answered_with_the_nearest_ones() {
        assertThatThrownBy(() -> ShowFilter.of(List.of("opnat"), List.of(), List.of()))
                .isInstanceOf(BadInputException.class)
                .hasMessage("opnat: no system call has this name")
                .extracting(e -> ((BadInputException) e).hint())
                .asString()
                .contains("openat");
        assertThatThrownBy(() -> ShowFilter.of(List.of(), List.of(), List.of("EPREM")))
                .hasMessage("EPREM: no error has this name: expected e.g. EPERM, or its number");
    }

    @Test
    void control_characters_of_names_do_not_reach_the_terminal() {
        assertThat(TextTable.printable("a\u001b[2J\u202eb\n\u00fc\ud800"))
                .isEqualTo("a\\u001b[2J\\u202eb\\u000a\u00fc\\ud800");
    }
}
