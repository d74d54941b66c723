package profgen.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import profgen.filter.Host;
import profgen.profile.Baseline;
import profgen.profile.ProfileReader;
import profgen.syscall.Arch;

/** The text; that it compiles and makes the right filter is shown with a compiler. */
class CFormTest {
    private static Rendered render(String name, String json) {
        return Renderer.render(Form.C, name, ProfileReader.parse(json, "test"), List.of(Host.docker(Arch.X86_64)), "");
    }

    @Test
    void actions_and_tests_are_those_of_the_rules() {
        String text = render(
                        "test",
                        "{\"defaultAction\":\"SCMP_ACT_ERRNO\",\"syscalls\":["
                                + "{\"names\":[\"write\",\"raed\"],\"action\":\"SCMP_ACT_ALLOW\"},"
                                + "{\"names\":[\"mount\"],\"action\":\"SCMP_ACT_ERRNO\",\"errnoRet\":38},"
                                + "{\"names\":[\"socket\"],\"action\":\"SCMP_ACT_ALLOW\",\"args\":[{\"index\":0,"
                                + "\"value\":18446744073709551615,\"valueTwo\":1,\"op\":\"SCMP_CMP_MASKED_EQ\"}]}]}")
                .text();
        assertThat(text)
                .contains(
                        "#define DEFAULT_ACTION SCMP_ACT_ERRNO(1)\n",
                        "\t{ .name = \"write\", .action = SCMP_ACT_ALLOW },\n",
                        "\t{ .name = \"mount\", .action = SCMP_ACT_ERRNO(38) },\n",
                        "\t{ .name = \"socket\", .action = SCMP_ACT_ALLOW,\n\t  .count = 1, .tests = { "
                                + "{ 0, SCMP_CMP_MASKED_EQ, UINT64_C(18446744073709551615), UINT64_C(1) } } },\n")
                .doesNotContain("\"raed\"", "@");
    }

    @Test
    void a_name_ends_no_comment_and_begins_no_line() {
        assertThat(render("*/ /* x\n#include", "{\"defaultAction\":\"SCMP_ACT_ERRNO\",\"syscalls\":[]}")
                        .text())
                .startsWith("/*\n * * / / * x?#include, for x86_64, ");
    }

    @Test
    void what_runc_answers_to_newer_calls_is_a_rule_and_the_rest_is_said() {
        Rendered rendered = render(
                "test",
                "{\"defaultAction\":\"SCMP_ACT_ERRNO\",\"syscalls\":["
                        + "{\"names\":[\"close_range\"],\"action\":\"SCMP_ACT_ALLOW\"}]}");
        assertThat(rendered.text()).contains("\t{ .name = \"openat2\", .action = SCMP_ACT_ERRNO(38) },\n");
        assertThat(rendered.remarks())
                .contains(new Remark(
                        Remark.Kind.OTHER_ANSWER,
                        "x86_64: errno 1 (EPERM) instead of errno 38 (ENOSYS): numbers without a name"));
    }

    @Test
    void an_architecture_that_libseccomp_learnt_late_is_the_compilers_own() {
        String text = Renderer.render(
                        Form.C, "docker-default", Baseline.dockerDefault(), List.of(Host.docker(Arch.LOONGARCH64)), "")
                .text();
        assertThat(text)
                .contains("#if !defined(__loongarch__)\n#error \"this filter is for loongarch64\"\n")
                .contains("architectures[] = { 0 };");
    }
}
