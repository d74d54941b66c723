package profgen.container;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StopSignalTest {
    @Test
    void a_signal_is_known_by_every_spelling_of_engines_and_images() {
        assertThat(StopSignal.number("TERM")).contains(15);
        assertThat(StopSignal.number("SIGQUIT")).contains(3);
        assertThat(StopSignal.number("sigusr1")).contains(10);
        assertThat(StopSignal.number("SIGRTMIN+3")).contains(37);
        assertThat(StopSignal.number("RTMIN")).contains(34);
        assertThat(StopSignal.number("9")).contains(9);
        assertThat(StopSignal.number("SIGSYS")).contains(31);
    }

    @Test
    void what_is_none_is_not() {
        for (String text : new String[] {"", "SIG", "0", "65", "TREM", "RTMIN+31", "RTMIN-1", "1.5"}) {
            assertThat(StopSignal.number(text)).as(text).isEmpty();
        }
    }
}
