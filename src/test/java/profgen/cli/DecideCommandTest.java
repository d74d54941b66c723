package profgen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecideCommandTest {
    private static final String ON = "--arch=x86_64";

    @TempDir
    private Path folder = Path.of("unset");

    @Test
    void an_allowed_call_ends_with_0_and_names_its_rule() {
        Cli result = Cli.run("decide", ON, "docker-default", "read");
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo("""
                        read(0, 0, 0) -> allow
                          by syscalls[0]: any arguments
                          on x86_64, kernel 6.12, docker
                        """);
    }

    @Test
    void a_denied_call_ends_with_1_and_says_why_no_rule_allows_it() {
        Cli result = Cli.run("decide", ON, "docker-default", "clone", "CLONE_NEWUSER|CLONE_VM");
        assertThat(result.status()).as(result.err()).isEqualTo(1);
        assertThat(result.out()).isEqualTo("""
                        clone(0x10000100, 0, 0, 0, 0) -> errno 1 (EPERM)
                          by the default action
                          not by syscalls[17]: needs CAP_SYS_ADMIN, which the bounding set lacks
                          not by syscalls[18]: a0 & 0x7e020000 == 0 does not hold
                          not by syscalls[19]: only for the architectures s390, s390x
                          with other arguments: allow, e.g. clone(0, 0, 0, 0, 0)
                          on x86_64, kernel 6.12, docker
                        """);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "docker-default clone CLONE_NEWUSER --cap-add SYS_ADMIN, 0",
        "docker-default mount --engine containerd, 0",
        "docker-default ptrace --kernel 4.4, 1",
        "docker-default ptrace --kernel 4.8.0-1-amd64, 0",
        "docker-default chroot --caps none, 1",
        "docker-default 435 --cap-add SYS_ADMIN, 0",
        "docker-default 100000, 1",
        "docker-default -1, 1",
        "docker-default 4294967295, 1",
        "docker-default 1073741824, 0",
        "docker-default read --abi i386, 0",
        "docker-default read --abi i386 --engine crun, 1",
        "docker-default personality 0xffffffff, 0",
        "docker-default personality 4294967295, 0",
        "docker-default personality 0xffffffffffffffff, 1",
        "podman-default get_mempolicy --engine podman, 0",
        "strict exit, 0",
        "strict open, 1",
        "unconfined reboot, 0",
    })
    void the_status_is_the_verdict(String line, int status) {
        Cli result = Cli.run(("decide " + ON + " " + line).split(" ", -1));
        assertThat(result.status()).as("%s%s", result.out(), result.err()).isEqualTo(status);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "docker-default sokcet; sokcet: expected the name of a call of x86_64, or its number from 0 to 4294967295",
                "docker-default 4294967296; 4294967296: expected the name of a call of x86_64",
                "docker-default socket AF_FOO; socket argument 0 AF_FOO: expected a decimal or hexadecimal number",
                "docker-default read 1 2 3 4 5 6 7; read: 7 arguments: expected at most 6",
                "docker-default read --abi arm; --abi arm: expected x86_64, i386, x32 or loongarch64",
                "docker-default read --engine lxc; --engine lxc: expected docker",
                "/nonexistent.json read; /nonexistent.json: no such file",
            })
    void what_cannot_be_used_is_one_line_and_3(String line, String problem) {
        Cli result = Cli.run(("decide " + ON + " " + line).split(" ", -1));
        assertThat(result.status()).as(result.err()).isEqualTo(3);
        assertThat(result.err()).startsWith("profgen: " + problem);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void a_call_and_all_exclude_each_other() {
        assertThat(Cli.run("decide", "docker-default").status()).isEqualTo(2);
        assertThat(Cli.run("decide", "docker-default", "read", "--all").status())
                .isEqualTo(2);
    }

    @Test
    void all_is_a_table_of_every_call() {
        Cli result = Cli.run("decide", ON, "strict", "--all", "--abi", "x86_64");
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out().lines().filter(line -> line.contains(" allow ")))
                .hasSize(4)
                .anyMatch(line -> line.matches(" +15 +rt_sigreturn +allow +syscalls\\[0\\]: any arguments"));
    }

    @Test
    void json_carries_the_outcome_the_rule_and_the_others() {
        Cli result = Cli.run("decide", ON, "--json", "docker-default", "clone3");
        assertThat(result.status()).as(result.err()).isEqualTo(1);
        assertThat(result.out())
                .contains("\"action\" : \"SCMP_ACT_ERRNO\"", "\"data\" : 38", "\"rule\" : 20", "\"allowed\" : false")
                .contains("needs CAP_SYS_ADMIN");
        Cli all = Cli.run("decide", "--arch=loongarch64", "--json", "strict", "--all");
        assertThat(all.out()).contains("\"abi\" : \"loongarch64\"", "\"name\" : \"rt_sigreturn\"");
    }

    @Test
    void a_file_with_comments_is_read_with_a_warning() throws Exception {
        Path file = Files.writeString(
                folder.resolve("pasted.json"),
                "{ // from an article\n\"defaultAction\": \"SCMP_ACT_ALLOW\", \"syscalls\": []}");
        Cli result = Cli.run("decide", ON, file.toString(), "read");
        assertThat(result.status()).isZero();
        assertThat(result.err()).isEqualTo("profgen: " + file + ": line 1: a comment, which is not JSON\n");
    }

    @Test
    void a_profile_that_the_engine_refuses_has_no_verdict() throws Exception {
        Path file = Files.writeString(
                folder.resolve("notify.json"), "{\"defaultAction\": \"SCMP_ACT_NOTIFY\", \"syscalls\": []}");
        Cli result = Cli.run("decide", ON, file.toString(), "read");
        assertThat(result.status()).isEqualTo(3);
        assertThat(result.err())
                .isEqualTo("profgen: " + file + ": docker refuses it: SCMP_ACT_NOTIFY as the default action\n");
    }

    @Test
    void a_table_with_an_undecided_call_is_incomplete() throws IOException {
        StringBuilder rules = new StringBuilder();
        for (int bit = 0; bit < 24; bit++) {
            long one = 1L << bit;
            long other = 1L << (bit * 7 + 5) % 24;
            rules.append(bit == 0 ? "" : ",").append("""
                    {"names": ["mount"], "action": "SCMP_ACT_ALLOW", "args": [
                      {"index": 0, "value": %d, "valueTwo": %d, "op": "SCMP_CMP_MASKED_EQ"},
                      {"index": 1, "value": %d, "valueTwo": %d, "op": "SCMP_CMP_MASKED_EQ"}]}
                    """.formatted(one, one, other, other));
        }
        Path file = folder.resolve("hard.json");
        Files.writeString(file, "{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"syscalls\": [" + rules + "]}");
        Cli table = Cli.run("decide", ON, file.toString(), "--all", "--json");
        assertThat(table.status()).as(table.err()).isEqualTo(5);
        assertThat(table.out()).contains("\"undecided\" : \"");
    }

    @Test
    void a_condition_of_the_file_neither_moves_the_cursor_nor_forges_a_line() throws Exception {
        Path file = Files.writeString(
                folder.resolve("forged.json"),
                "{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"syscalls\": [{\"names\": [\"read\"], \"action\":"
                        + " \"SCMP_ACT_ALLOW\", \"includes\": {\"arches\": [\"\\u001b[2Jx\\nread() -> allow\"]}}]}");
        assertThat(Cli.run("decide", ON, file.toString(), "read").out())
                .contains("only for the architectures \\u001b[2Jx\\u000aread() -> allow\n")
                .doesNotContain("\u001b");
    }

    @Test
    void podman_prefers_the_name_of_an_error_and_the_others_read_its_number() throws Exception {
        String text =
                "{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"defaultErrnoRet\": 1, \"defaultErrno\": \"ENOENT\", \"syscalls\":"
                        + " [{\"names\": [\"bpf\"], \"action\": \"SCMP_ACT_ERRNO\", \"errnoRet\": 2, \"errno\": \"%s\"}]}";
        Path file = Files.writeString(folder.resolve("named.json"), String.format(text, "ENOSYS"));
        assertThat(Cli.run("decide", ON, file.toString(), "bpf").out()).contains("errno 2 (ENOENT)");
        assertThat(Cli.run("decide", ON, "--engine", "podman", file.toString(), "bpf")
                        .out())
                .contains("errno 38 (ENOSYS)");
        assertThat(Cli.run("decide", ON, "--engine", "crio", file.toString(), "mount")
                        .out())
                .contains("errno 2 (ENOENT)");
        Files.writeString(file, String.format(text, "ENOUGH"));
        assertThat(Cli.run("decide", ON, "--engine", "podman", file.toString(), "bpf")
                        .err())
                .isEqualTo("profgen: " + file + ": podman refuses it: errno ENOUGH: unknown\n");
    }
}
