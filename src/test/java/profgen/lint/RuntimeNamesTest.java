package profgen.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import profgen.filter.Engine;
import profgen.filter.EngineKind;
import profgen.profile.ProfileReader;

/** Names that one runtime knows and another does not. */
class RuntimeNamesTest {
    private static List<LintRule> errors(String keys, EngineKind... kinds) {
        String text = "{\"defaultAction\":\"SCMP_ACT_ERRNO\"," + keys + ",\"syscalls\":[]}";
        Subject subject = new Subject("x.json", text, ProfileReader.parse(text, "x.json"), List.of());
        List<Engine> engines =
                List.of(kinds).stream().map(kind -> new Engine(kind, null)).toList();
        return Linter.lint(subject, new Scope(engines, List.of())).stream()
                .map(Finding::rule)
                .filter(rule -> rule == LintRule.UNKNOWN_FLAG || rule == LintRule.UNKNOWN_ARCHITECTURE)
                .toList();
    }

    @Test
    void what_runc_does_not_know_is_unknown_unless_only_engines_with_crun_are_meant() {
        String flag = "\"flags\":[\"SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV\"]";
        assertThat(errors(flag)).containsExactly(LintRule.UNKNOWN_FLAG);
        assertThat(errors(flag, EngineKind.DOCKER)).containsExactly(LintRule.UNKNOWN_FLAG);
        assertThat(errors(flag, EngineKind.PODMAN)).isEmpty();
        String arch = "\"architectures\":[\"SCMP_ARCH_PARISC\"]";
        assertThat(errors(arch)).containsExactly(LintRule.UNKNOWN_ARCHITECTURE);
        assertThat(errors(arch, EngineKind.CRUN)).isEmpty();
        assertThat(errors("\"architectures\":[\"SCMP_ARCH_NATIVE\"]", EngineKind.CRUN))
                .containsExactly(LintRule.UNKNOWN_ARCHITECTURE);
    }
}
