package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All of the tracer's own tests, on a LoongArch kernel. */
class LoongRecorderVM {
    @TempDir
    private Path folder;

    @Test
    void everything_works_there_but_what_it_has_not() {
        /* Whole sets by eBPF side by side: their bpf(2) keeps programs from running where the kernel is preempted anywhere. */
        LoongMachine machine = LoongMachine.open();
        Map<String, String> skipped = TracerTests.skipped(
                machine,
                machine.tracer("loongarch64"),
                folder,
                List.of(),
                "WITHOUT=" + TracerTests.TOO_MANY + "\\|holds_by_ebpf test/run");
        assertThat(TracerTests.withoutLosses(skipped)).isEqualTo(lacks());
    }

    /** What the machine's packages have not, and what LoongArch, or its kernel without types, has not. */
    private static Map<String, String> lacks() {
        Map<String, String> lacks = new TreeMap<>(TracerTests.UNTOLD_CAPABILITIES);
        lacks.put("a_jvm_that_checks_for_null_by_its_faults_does_so", "needs javac");
        lacks.put("a_node_with_workers_signals_and_children_does_so", "needs node");
        lacks.put("a_go_program_that_preempts_its_threads_does_so", "needs fzf");
        lacks.put("a_rust_program_with_threads_and_a_closed_pipe_does_so", "needs rg");
        lacks.put("calls_of_other_abis_are_told_apart_and_socketcall_is_opened", "this architecture has one ABI only");
        for (String test : List.of(
                "a_child_that_no_tracer_is_to_see_is_seen_also_if_32_bit_code_makes_it",
                "what_32_bit_code_does_is_looked_at_where_its_arguments_are")) {
            lacks.put(test, "this machine runs no 32-bit code");
        }
        lacks.put("a_program_that_may_not_be_read_runs_and_is_recorded", "without root it needs a kernel with BTF");
        return lacks;
    }
}
