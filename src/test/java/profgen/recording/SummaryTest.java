package profgen.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import profgen.recording.Call.Arguments;
import profgen.recording.Call.FirstSight;
import profgen.syscall.Arch;

class SummaryTest {
    private static final CallId READ = new CallId("x86_64", 0);

    private static Run run(int id, long started, Call... calls) {
        return new Run(
                "%032x".formatted(id),
                new Run.Provenance(started, "0.1.0", "ptrace", "host", List.of(), Arch.X86_64, "6.12", List.of("true")),
                null,
                new Run.Outcome(1L, 0, null, 1L, 1L),
                List.of(),
                true,
                List.of(calls));
    }

    private static Call call(
            String executable, @Nullable Long count, @Nullable Map<Integer, Long> errnos, long ns, long... values) {
        List<List<Long>> tuples = LongStream.of(values).mapToObj(List::of).toList();
        return new Call(
                executable,
                READ,
                count,
                errnos == null ? null : new TreeMap<>(errnos),
                new FirstSight(ns, 1, executable),
                new Arguments(List.of(2), tuples, false));
    }

    private static Summary.CallTotal only(Run... runs) {
        Summary summary = Summary.of(new Recording(List.of(runs)));
        assertThat(summary.runs()).isEqualTo(runs.length);
        assertThat(summary.calls()).hasSize(1);
        return summary.calls().get(0);
    }

    @Test
    void a_call_is_of_every_phase_in_which_a_run_shows_it() {
        Call call = call("a", 1L, Map.of(), 100, 7);
        Summary.CallTotal total = only(
                run(1, 1000, call.in(Set.of(Phase.SERVING, Phase.ENTRY))),
                run(2, 1, call),
                run(3, 2, call.in(Set.of(Phase.EXEC))));
        assertThat(total.total().phases()).containsExactly(Phase.ENTRY, Phase.SERVING, Phase.EXEC);
    }

    @Test
    void totals_add_up_over_runs_and_executables() {
        Summary.CallTotal total = only(
                run(1, 1000, call("a", 5L, Map.of(1, 2L), 100, 7), call("b", 1L, Map.of(), 50, 8)),
                run(2, 2000, call("a", 10L, Map.of(1, 1L, 9, 3L), 1, 7, -1)),
                run(3, 10, call("a", 1L, Map.of(), 2000, 7)));
        assertThat(total.total().runs()).isEqualTo(3);
        assertThat(total.total().count()).isEqualTo(17);
        assertThat(total.total().successes()).isEqualTo(11);
        assertThat(total.total().errnos()).isEqualTo(Map.of(1, 3L, 9, 3L));
        assertThat(total.total().arguments())
                .containsExactly(new Arguments(List.of(2), List.of(List.of(7L), List.of(8L), List.of(-1L)), false));
        assertThat(total.byExecutable().get("a")).extracting(Total::runs).isEqualTo(3);
        assertThat(total.byExecutable().get("b")).extracting(Total::count).isEqualTo(1L);
    }

    @Test
    void the_first_sight_is_the_earliest_by_the_clock() {
        Summary.CallTotal total = only(
                run(1, 1000, call("a", 1L, Map.of(), 100), call("b", 1L, Map.of(), 50)),
                run(2, 1040, call("a", 1L, Map.of(), 5)),
                run(3, Long.MAX_VALUE, call("a", 1L, Map.of(), Long.MAX_VALUE)));
        assertThat(total.total().first())
                .isEqualTo(new Total.Sighting("%032x".formatted(2), "a", new FirstSight(5, 1, "a")));
    }

    @Test
    void what_one_run_could_not_know_is_absent_from_the_total() {
        Summary.CallTotal total =
                only(run(1, 1, call("a", 5L, Map.of(1, 2L), 1)), run(2, 2, call("a", null, Map.of(9, 1L), 1)));
        assertThat(total.total().count()).isNull();
        assertThat(total.total().successes()).isNull();
        assertThat(total.total().errnos()).isEqualTo(Map.of(1, 2L, 9, 1L));
        assertThat(only(run(1, 1, call("a", 5L, null, 1))).total().errnos()).isNull();
    }

    @Test
    void a_sum_beyond_a_long_stays_at_its_end() {
        Summary.CallTotal total = only(
                run(1, 1, call("a", Long.MAX_VALUE, Map.of(1, Long.MAX_VALUE), 1)),
                run(2, 2, call("a", 5L, Map.of(1, 1L), 1)));
        assertThat(total.total().count()).isEqualTo(Long.MAX_VALUE);
        assertThat(total.total().errnos()).isEqualTo(Map.of(1, Long.MAX_VALUE));
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 50);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void every_call_is_in_the_summary_once(long seed) {
        Recording recording = new RandomRecordings(seed).recording();
        Summary summary = Summary.of(recording);
        long calls = recording.runs().stream()
                .flatMap(run -> run.calls().stream())
                .map(Call::id)
                .distinct()
                .count();
        assertThat(summary.calls()).hasSize((int) calls);
        assertThat(summary.calls())
                .allSatisfy(call -> assertThat(call.total().runs()).isBetween(1, summary.runs()));
    }
}
