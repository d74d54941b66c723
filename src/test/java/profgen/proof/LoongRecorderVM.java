package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        /* What the machine's packages have not, and what its kernel, which is preempted anywhere, does beside other tests' bpf(2). */
        skipped.values()
                .removeIf(Set.of(
                        "needs javac",
                        "needs python3",
                        "needs node",
                        "needs fzf",
                        "needs rg",
                        "this kernel left out runs of programs")::contains);
        assertThat(skipped)
                .containsOnlyKeys(
                        "calls_of_other_abis_are_told_apart_and_socketcall_is_opened",
                        "a_child_that_no_tracer_is_to_see_is_seen_also_if_32_bit_code_makes_it",
                        "capabilities_are_seen_where_they_are_really_used",
                        "a_capability_that_is_not_there_is_refused",
                        "a_program_that_may_not_be_read_runs_and_is_recorded",
                        "what_32_bit_code_does_is_looked_at_where_its_arguments_are");
    }
}
