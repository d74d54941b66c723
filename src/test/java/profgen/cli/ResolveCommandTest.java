package profgen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import profgen.filter.Engine;
import profgen.filter.Filter;
import profgen.filter.Host;
import profgen.filter.Resolver;
import profgen.profile.Baseline;
import profgen.profile.ProfileReader;
import profgen.profile.Rule;
import profgen.syscall.Arch;

class ResolveCommandTest {
    @Test
    void the_flat_profile_means_the_same_on_an_engine_that_reads_no_conditions() {
        Cli result = Cli.run("resolve", "docker-default", "--arch", "x86_64");
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out()).doesNotContain("includes", "excludes", "archMap", "CAP_");
        Filter before = Resolver.resolve(Baseline.dockerDefault(), Host.docker(Arch.X86_64));
        Filter after = Resolver.resolve(
                ProfileReader.parse(result.out(), "resolved"),
                Host.docker(Arch.X86_64).withEngine(Engine.parse("containerd").orElseThrow()));
        assertThat(after.rules().stream().map(rule -> rule.names() + " " + rule.outcome() + " " + rule.tests()))
                .isEqualTo(before.rules().stream()
                        .map(rule -> rule.names() + " " + rule.outcome() + " " + rule.tests())
                        .toList());
        assertThat(after.abis()).isEqualTo(before.abis());
    }

    @Test
    void the_table_says_what_was_left_out_and_why() {
        Cli result = Cli.run("resolve", "docker-default", "--arch", "loongarch64", "--table");
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out())
                .startsWith("on loongarch64, kernel 6.12, docker\nABIs: loongarch64; calls of others kill the thread\n")
                .contains("default: errno 1 (EPERM)\n")
                .contains("      12  only for the architectures amd64, x32")
                .contains("needs CAP_SYS_NICE, which the bounding set lacks         get_mempolicy mbind");
    }

    @Test
    void no_filter_is_said_so() {
        Cli result = Cli.run("resolve", "unconfined", "--arch", "x86_64", "--table");
        assertThat(result.out()).isEqualTo("on x86_64, kernel 6.12, docker\nno filter: everything is allowed\n");
    }

    @Test
    void two_architectures_have_two_filters() {
        Cli result = Cli.run("resolve", "docker-default", "--arch", "x86_64,loongarch64");
        assertThat(result.status()).isEqualTo(3);
        assertThat(result.err()).isEqualTo("profgen: --arch: expected one architecture\n");
    }

    @Test
    void what_the_runtime_refuses_has_no_filter(@TempDir Path folder) throws IOException {
        Map<String, String> refused = Map.of(
                "\"flags\": [\"SECCOMP_FILTER_FLAG_FOO\"]", "flag SECCOMP_FILTER_FLAG_FOO: unknown",
                "\"architectures\": [\"SCMP_ARCH_FOO\"]", "architecture SCMP_ARCH_FOO: unknown");
        for (Map.Entry<String, String> one : refused.entrySet()) {
            Path file = Files.writeString(
                    folder.resolve("x.json"), "{\"defaultAction\": \"SCMP_ACT_ERRNO\", " + one.getKey() + "}");
            for (String command : List.of("resolve", "decide")) {
                List<String> words = new ArrayList<>(List.of(command, "--arch", "x86_64", file.toString()));
                words.addAll(command.equals("decide") ? List.of("read") : List.of());
                Cli result = Cli.run(words.toArray(String[]::new));
                assertThat(result.status()).as(command).isEqualTo(3);
                assertThat(result.err())
                        .isEqualTo("profgen: " + file + ": docker refuses it: " + one.getValue() + "\n");
            }
        }
    }

    @Test
    void only_ocis_keys_are_left(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("x.json"),
                "{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"syscalls\": [{\"names\": [], \"action\": \"SCMP_ACT_ALLOW\"},"
                        + " {\"names\": [\"read\"], \"action\": \"SCMP_ACT_ALLOW\", \"comment\": \"why\"}]}");
        Cli result = Cli.run("resolve", "--arch", "x86_64", file.toString());
        assertThat(ProfileReader.parse(result.out(), "x").syscalls()).containsExactly(Rule.allow(List.of("read"), ""));
    }
}
