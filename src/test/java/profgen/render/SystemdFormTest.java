package profgen.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import profgen.filter.Host;
import profgen.profile.Profile;
import profgen.profile.ProfileReader;
import profgen.syscall.Arch;

/** What a service manager is told, and what it cannot be told. */
class SystemdFormTest {
    private static Rendered render(String json) {
        Profile profile = ProfileReader.parse(json, "test");
        return Renderer.render(Form.SYSTEMD, "test", profile, List.of(Host.docker(Arch.X86_64)), "");
    }

    @Test
    void a_list_of_what_is_allowed_answers_everything_else_alike() {
        Rendered rendered = render("{\"defaultAction\":\"SCMP_ACT_ERRNO\",\"syscalls\":["
                + "{\"names\":[\"write\",\"read\",\"openat2\"],\"action\":\"SCMP_ACT_ALLOW\"},"
                + "{\"names\":[\"clone3\"],\"action\":\"SCMP_ACT_ERRNO\",\"errnoRet\":38}]}");
        assertThat(rendered.text()).endsWith("""
                [Service]
                SystemCallArchitectures=native
                SystemCallFilter=openat2 read write
                SystemCallErrorNumber=EPERM
                """);
        assertThat(rendered.remarks())
                .anyMatch(remark -> remark.kind() == Remark.Kind.OTHER_ANSWER
                        && remark.text().contains("error EPERM instead of errno 38 (ENOSYS): ")
                        && remark.text().contains("clone3"));
    }

    @Test
    void a_list_of_what_is_denied_gives_each_call_its_answer() {
        Rendered rendered = render("{\"defaultAction\":\"SCMP_ACT_ALLOW\",\"syscalls\":["
                + "{\"names\":[\"bpf\"],\"action\":\"SCMP_ACT_ERRNO\",\"errnoRet\":38},"
                + "{\"names\":[\"mount\",\"swapon\"],\"action\":\"SCMP_ACT_KILL_PROCESS\"}]}");
        assertThat(rendered.text())
                .contains("SystemCallFilter=~bpf:ENOSYS\n", "SystemCallFilter=~mount:kill swapon:kill\n")
                .doesNotContain("SystemCallErrorNumber");
    }

    @Test
    void a_condition_on_an_argument_is_said_as_a_comment_and_as_a_remark() {
        Rendered rendered = render("{\"defaultAction\":\"SCMP_ACT_ERRNO\",\"syscalls\":[{\"names\":[\"socket\"],"
                + "\"action\":\"SCMP_ACT_ALLOW\",\"args\":[{\"index\":0,\"value\":1,\"op\":\"SCMP_CMP_EQ\"}]}]}");
        String text = "allowed for every argument and ABI, by the policy for some only: socket";
        assertThat(rendered.text()).contains("# " + text + "\n", "SystemCallFilter=socket\n");
        assertThat(rendered.remarks()).contains(new Remark(Remark.Kind.WIDER, text));
    }

    @Test
    void no_name_of_the_profile_becomes_a_line_of_the_drop_in() {
        Rendered rendered = render(
                "{\"defaultAction\":\"SCMP_ACT_ERRNO\",\"syscalls\":["
                        + "{\"names\":[\"read\",\"zz\\n[Service]\\nExecStartPre=/bin/evil\\n#\"],\"action\":\"SCMP_ACT_ALLOW\"},"
                        + "{\"names\":[\"open\\r[Unit]\"],\"action\":\"SCMP_ACT_ALLOW\",\"includes\":{\"arches\":[\"x\\u0085\\ny\"]}}]}");
        assertThat(rendered.text().split("\\R"))
                .filteredOn(line -> !line.startsWith("# "))
                .containsExactly(
                        "[Service]",
                        "SystemCallArchitectures=native",
                        "SystemCallFilter=read",
                        "SystemCallErrorNumber=EPERM");
        assertThat(rendered.remarks())
                .allSatisfy(remark -> assertThat(remark.text()).doesNotContainPattern("\\p{Cntrl}"))
                .anySatisfy(remark -> assertThat(remark.text()).contains("zz\\u000a[Service]\\u000aExecStartPre"));
    }

    @Test
    void where_nothing_is_allowed_the_filter_is_not_reset() {
        assertThat(render("{\"defaultAction\":\"SCMP_ACT_KILL_PROCESS\",\"syscalls\":[]}")
                        .text())
                .endsWith("\nSystemCallFilter=@default\n");
    }

    @Test
    void what_kills_or_is_logged_is_said_where_the_list_does_neither() {
        Rendered rendered =
                render("{\"defaultAction\":\"SCMP_ACT_ERRNO\",\"flags\":[\"SECCOMP_FILTER_FLAG_LOG\"],\"syscalls\":["
                        + "{\"names\":[\"ptrace\"],\"action\":\"SCMP_ACT_KILL_PROCESS\"},"
                        + "{\"names\":[\"mount\"],\"action\":\"SCMP_ACT_LOG\"}]}");
        assertThat(rendered.remarks())
                .contains(
                        new Remark(
                                Remark.Kind.OTHER_ANSWER, "error EPERM instead of kill the process (SIGSYS): ptrace"),
                        new Remark(Remark.Kind.OTHER_ANSWER, "allowed without the record of SCMP_ACT_LOG: mount"),
                        new Remark(Remark.Kind.HINT, "left out, the form has no such flag: SECCOMP_FILTER_FLAG_LOG"));
        assertThat(render("{\"defaultAction\":\"SCMP_ACT_LOG\"}").remarks())
                .anyMatch(remark -> remark.text().startsWith("allowed without the record of SCMP_ACT_LOG: "));
    }
}
