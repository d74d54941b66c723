package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TracepointLogTest {
    @Test
    void only_the_workload_counts_from_its_execve_on_and_with_its_children() {
        TracepointLog.Workload log = TracepointLog.parse("""
                # tracer: nop
                            java-99      [000] .....  10.000001: sys_enter: NR 202 (1, 2, 3, 4, 5, 6)
                  profgen-tracer-100     [000] .....  10.000002: sys_exit: NR 0 = 1
                       my prog-1-100     [000] .....  10.000003: sched_process_exec: filename=/x y pid=100 old_pid=100
                       my prog-1-100     [000] .....  10.000004: sys_exit: NR 59 = 0
                       my prog-1-100     [001] d..1.  10.000005: sys_enter: NR 57 (0, 0, 0, 0, 0, 0)
                       my prog-1-100     [001] d..1.  10.000006: sched_process_fork: comm=my pid=100 child_comm=my child_pid=101
                       my prog-1-101     [000] .....  10.000007: sys_exit: NR 57 = 0
                       my prog-1-100     [001] d..1.  10.000008: sys_exit: NR 57 = 101
                       my prog-1-101     [000] .....  10.000009: sys_enter: NR 231 (0, 0, 0, 0, 0, 0)
                """.lines()).workload(100);

        assertThat(log.entered()).isEqualTo(Map.of(57, 1L, 231, 1L));
        assertThat(log.returned()).isEqualTo(Map.of(59, 1L, 57, 2L));
    }

    @Test
    void a_thread_that_executes_goes_on_under_the_id_of_its_leader() {
        TracepointLog log = TracepointLog.parse("""
                  a-100 [000] .....  1.0: sched_process_exec: filename=/a pid=100 old_pid=100
                  a-100 [000] .....  1.1: sched_process_fork: comm=a pid=100 child_comm=a child_pid=101
                  a-101 [000] .....  1.2: sys_enter: NR 59 (0, 0, 0, 0, 0, 0)
                  b-100 [000] .....  1.3: sched_process_exec: filename=/b pid=100 old_pid=101
                  b-100 [000] .....  1.4: sys_exit: NR 59 = 0
                  b-100 [000] .....  1.5: sys_exit: NR -1 = -4
                """.lines());

        assertThat(log.workload(100)).isEqualTo(new TracepointLog.Workload(Map.of(59, 1L), Map.of(59, 1L, -1, 1L)));
    }

    @Test
    void a_number_of_x32_keeps_its_bit() {
        assertThat(TraceEvent.parse("  x-7 [000] .....  1.0: sys_enter: NR 1073741863 (0, 0, 0, 0, 0, 0)"))
                .contains(new TraceEvent.Enter(7, 0x40000027));
    }
}
