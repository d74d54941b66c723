package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All of the tracer's own tests, on a LoongArch kernel. */
class LoongRecorderVM {
    @TempDir
    private Path folder;

    @Test
    void everything_works_there_but_what_it_has_not() {
        LoongMachine machine = LoongMachine.open();
        Map<String, String> skipped =
                TracerTests.skipped(machine, machine.tracer("loongarch64"), folder, List.of(), List.of());
        /* What the machine's packages have not. */
        skipped.values().removeIf(reason -> reason.equals("needs javac") || reason.equals("needs python3"));
        assertThat(skipped)
                .containsOnlyKeys(
                        "calls_of_other_abis_are_told_apart_and_socketcall_is_opened",
                        "capabilities_are_seen_where_they_are_really_used",
                        "a_capability_that_is_not_there_is_refused");
    }
}
