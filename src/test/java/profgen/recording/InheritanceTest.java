package profgen.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import profgen.recording.Call.Arguments;
import profgen.recording.Call.FirstSight;
import profgen.syscall.Arch;

class InheritanceTest {
    private static final int READ = 0;
    private static final int SOCKET = 41;
    private static final int REBOOT = 169;

    private final Call read = call(READ, 3, Map.of(), null);
    private final Call socket = call(SOCKET, 2, Map.of(), sockets(List.of(List.of(1L, 2L, 0L))));
    private final Call refused = call(REBOOT, 2, Map.of(1, 2L), null);
    private final Inheritance base = Inheritance.of(new Recording(List.of(run(read, socket, refused))), Arch.X86_64);

    @Test
    void what_succeeded_is_let_through_for_the_arguments_that_were_seen() {
        assertThat(base.lines()).isEqualTo("x86_64 0\nx86_64 41\nx86_64 41 1 2 0\n");
    }

    @Test
    void what_the_run_did_not_show_is_inherited_and_what_it_did_show_is_a_lower_bound() {
        Run run = base.into(run(call(SOCKET, 1, Map.of(), sockets(List.of(List.of(2L, 1L, 6L))))));
        assertThat(run.calls()).extracting(call -> call.id().number()).containsExactly(READ, SOCKET);
        assertThat(run.calls()).extracting(Call::extent).containsExactly(Extent.INHERITED, Extent.AT_LEAST);
        assertThat(run.calls()).extracting(Call::count).containsExactly(null, 1L);
        assertThat(run.calls().get(1).arguments())
                .isEqualTo(sockets(List.of(List.of(1L, 2L, 0L), List.of(2L, 1L, 6L))));
    }

    @Test
    void calls_of_another_architecture_are_left_out() {
        assertThat(Inheritance.of(new Recording(List.of(run(read))), Arch.LOONGARCH64)
                        .lines())
                .isEmpty();
    }

    @Test
    void what_was_inherited_is_let_through_again() {
        Run run = base.into(run());
        assertThat(Inheritance.of(new Recording(List.of(run)), Arch.X86_64)).isEqualTo(base);
    }

    private static Arguments sockets(List<List<Long>> tuples) {
        return new Arguments(List.of(0, 1, 2), tuples, false);
    }

    private static Call call(int number, long count, Map<Integer, Long> errnos, @Nullable Arguments arguments) {
        CallId id = new CallId("x86_64", number);
        return new Call("/a", id, count, new TreeMap<>(errnos), new FirstSight(1, 2, "a"), arguments);
    }

    private static Run run(Call... calls) {
        return new Run(
                "0".repeat(32),
                new Run.Provenance(1, "0.1.0", "late", "host", List.of(), Arch.X86_64, "6.12", List.of("a")),
                null,
                new Run.Outcome(1L, 0, null, 1L, 1L),
                List.of(),
                true,
                List.of(calls));
    }
}
