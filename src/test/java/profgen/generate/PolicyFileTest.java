package profgen.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import profgen.BadInputException;
import profgen.profile.RuntimeFloor;
import profgen.syscall.Arch;
import profgen.syscall.KernelVersion;

class PolicyFileTest {
    @Test
    void every_setting_has_a_line_and_names_have_reasons() {
        Policy policy = parse("""
                # what this workload needs beside what was recorded

                allow pwritev2 preadv2   # the nightly backup
                allow-beyond keyctl
                deny ptrace # nobody debugs here
                gates observed
                runtime crun
                init
                exec yes
                no-new-privileges
                implicit no
                kernel 6.1
                arch x86_64 loong64
                default-action kill
                """);
        assertThat(policy.allow()).isEqualTo(Map.of("pwritev2", "the nightly backup", "preadv2", "the nightly backup"));
        assertThat(policy.allowBeyond()).isEqualTo(Map.of("keyctl", ""));
        assertThat(policy.deny()).isEqualTo(Map.of("ptrace", "nobody debugs here"));
        assertThat(policy.gates()).isEqualTo(Policy.Gates.OBSERVED);
        assertThat(policy.floors()).containsExactly(RuntimeFloor.CRUN, RuntimeFloor.EXEC, RuntimeFloor.DOCKER_INIT);
        assertThat(policy.noNewPrivileges()).isTrue();
        assertThat(policy.implicit()).isFalse();
        assertThat(policy.kernel()).isEqualTo(new KernelVersion(6, 1));
        assertThat(policy.arches()).containsExactly(Arch.X86_64, Arch.LOONGARCH64);
        assertThat(policy.defaultAction()).isEqualTo(Policy.DefaultAction.KILL);
    }

    @Test
    void an_empty_file_is_the_default_policy() {
        assertThat(parse("")).isEqualTo(Policy.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "allow preadv3 | line 1: allow \"preadv3\": no such system call: did you mean preadv or preadv2 or pread64?",
                "allow | line 1: allow: expected a value",
                "gates | line 1: gates \"\": expected docker or observed",
                "gates open | line 1: gates \"open\": expected docker or observed",
                "runtime runc crun | line 1: runtime: expected one value",
                "runtime lxc | line 1: runtime \"lxc\": expected runc, crun, each with @ and a version of it, or all",
                "init maybe | line 1: init \"maybe\": expected yes or no",
                "kernel new | line 1: kernel \"new\": expected <kernel>.<major>, e.g. 6.1",
                "arch vax | line 1: arch \"vax\": expected x86_64 or loongarch64",
                "default-action trap | line 1: default-action \"trap\": expected errno, log or kill",
            })
    void a_wrong_line_is_refused_with_its_number_and_what_was_expected(String line, String problem) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOf(BadInputException.class)
                .hasMessage("x.policy: " + problem);
    }

    @Test
    void an_unknown_key_names_the_known_ones_and_a_contradiction_its_name() {
        assertThatThrownBy(() -> parse("\npermit read"))
                .hasMessageStartingWith(
                        "x.policy: line 2: \"permit\": expected one of allow, deny, allow-beyond, gates,");
        assertThatThrownBy(() -> parse("allow read\ndeny read")).hasMessage("x.policy: read: both allowed and denied");
    }

    @Test
    void the_file_stands_beside_its_recording() {
        assertThat(PolicyFile.beside(Path.of("d/numactl.recording.json"))).isEqualTo(Path.of("d/numactl.policy"));
        assertThat(PolicyFile.beside(Path.of("rec.json"))).isEqualTo(Path.of("rec.policy"));
        assertThat(PolicyFile.beside(Path.of("rec"))).isEqualTo(Path.of("rec.policy"));
    }

    @Test
    void a_file_that_cannot_be_read_is_bad_input(@TempDir Path folder) throws IOException {
        Path binary = Files.write(folder.resolve("a.policy"), "allow \u00e4".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> PolicyFile.read(binary, new PolicyBuilder()))
                .isInstanceOf(BadInputException.class)
                .hasMessageEndingWith("a.policy: not UTF-8 text");
        assertThatThrownBy(() -> PolicyFile.read(folder.resolve("none"), new PolicyBuilder()))
                .isInstanceOf(BadInputException.class)
                .hasMessageEndingWith("none: no such file");
    }

    private static Policy parse(String text) {
        PolicyBuilder policy = new PolicyBuilder();
        PolicyFile.parse(text, "x.policy", policy);
        return policy.policy();
    }
}
