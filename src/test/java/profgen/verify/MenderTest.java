package profgen.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import profgen.profile.Profile;
import profgen.profile.Rule;

class MenderTest {
    private static final String UNSHARE_DENIED =
            "{\"names\":[\"unshare\",\"chdir\"],\"action\":\"SCMP_ACT_ERRNO\",\"errnoRet\":13}";

    private static Mended mend(Profile profile, List<String> beyond, DeniedCall... denied) {
        return new Mender(Denials.HOST, beyond, List.of("app")).mend(profile, List.of(denied), Set.of());
    }

    private static List<Rule> added(Mended mended) {
        return mended.profile().syscalls().stream()
                .filter(rule -> rule.comment().contains("added by profgen verify"))
                .toList();
    }

    @Test
    void what_was_refused_is_allowed_with_the_reason() {
        Profile profile = Denials.allowing();
        Mended mended = mend(profile, List.of(), Denials.of(profile, "chdir"), Denials.of(profile, "write", 1));
        assertThat(mended.added()).containsExactly("chdir", "write");
        assertThat(mended.refused()).isEmpty();
        assertThat(added(mended)).hasSize(1).allSatisfy(rule -> {
            assertThat(rule.names()).containsExactly("chdir", "write");
            assertThat(rule.comment()).isEqualTo("added by profgen verify: was refused to app");
        });
    }

    @Test
    void an_argument_is_allowed_with_the_values_that_docker_allows() {
        Profile profile = Denials.allowing();
        Mended mended = mend(profile, List.of(), Denials.of(profile, "personality", 0));
        assertThat(mended.added()).containsExactly("personality");
        assertThat(added(mended))
                .singleElement()
                .satisfies(rule -> assertThat(rule.args()).hasSize(1));
        Mended beyond = mend(profile, List.of(), Denials.of(profile, "socket", 40, 1, 0));
        assertThat(beyond.added()).isEmpty();
        assertThat(beyond.profile()).isEqualTo(profile);
        assertThat(beyond.refused()).singleElement().satisfies(refusal -> {
            assertThat(refusal.what()).startsWith("socket with AF_VSOCK");
            assertThat(refusal.remedy()).isEqualTo("--allow-beyond socket");
        });
    }

    @Test
    void what_is_beyond_dockers_default_is_added_by_name_only() {
        Profile profile = Denials.allowing();
        DeniedCall kexec = Denials.of(profile, "kexec_load");
        assertThat(mend(profile, List.of(), kexec).profile()).isEqualTo(profile);
        Mended asked = mend(profile, List.of("kexec_load"), kexec);
        assertThat(asked.added()).containsExactly("kexec_load");
        assertThat(asked.refused()).isEmpty();
    }

    @Test
    void a_gate_stays_and_names_its_capability() {
        Profile profile = Denials.allowing();
        Mended mended = mend(profile, List.of(), Denials.of(profile, "get_mempolicy"));
        assertThat(mended.refused()).singleElement().satisfies(refusal -> {
            assertThat(refusal.why()).contains("CAP_SYS_NICE");
            assertThat(refusal.remedy()).isEqualTo("--cap-add SYS_NICE, or --allow-beyond get_mempolicy");
        });
        assertThat(mended.added()).isEmpty();
    }

    @Test
    void a_name_has_one_action_so_it_leaves_the_rule_that_refused_it() {
        Profile profile = Denials.allowing(UNSHARE_DENIED);
        Mended mended = mend(profile, List.of(), Denials.of(profile, "chdir"));
        assertThat(mended.added()).containsExactly("chdir");
        assertThat(mended.profile().syscalls())
                .filteredOn(rule -> rule.names().contains("unshare"))
                .singleElement()
                .satisfies(rule -> assertThat(rule.names()).containsExactly("unshare"));
    }

    @Test
    void a_refused_clone3_is_answered_so_that_libc_takes_clone() {
        Profile profile = Denials.allowing();
        Mended mended = mend(profile, List.of(), Denials.of(profile, "clone3"));
        assertThat(mended.added()).containsExactly("clone3");
        assertThat(Denials.of(mended.profile(), "clone3").outcome().inWords()).isEqualTo("errno 38 (ENOSYS)");
        DeniedCall again = Denials.of(mended.profile(), "clone3");
        assertThat(mend(mended.profile(), List.of(), again).added()).isEmpty();
    }

    @Test
    void a_deny_list_loses_the_name_and_gains_no_rule_unless_docker_denies_it_too() {
        Profile profile = Denials.profile(
                "{\"defaultAction\":\"SCMP_ACT_ALLOW\",\"syscalls\":[{\"names\":[\"mkdir\",\"kexec_load\"],"
                        + "\"action\":\"SCMP_ACT_ERRNO\"}]}");
        Mended mended = mend(profile, List.of(), Denials.of(profile, "mkdir"), Denials.of(profile, "kexec_load"));
        assertThat(mended.added()).containsExactly("mkdir");
        assertThat(mended.profile().syscalls())
                .singleElement()
                .satisfies(rule -> assertThat(rule.names()).containsExactly("kexec_load"));
        assertThat(mended.refused()).extracting(Mended.Refusal::what).containsExactly("kexec_load");
    }
}
