package profgen.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static profgen.generate.Generations.BARE;
import static profgen.generate.Generations.generate;
import static profgen.generate.Generations.rulesFor;
import static profgen.generate.Generations.verdict;
import static profgen.generate.Generations.withCapability;
import static profgen.generate.Runs.tuple;
import static profgen.syscall.Arch.X86_64;

import java.util.List;
import org.junit.jupiter.api.Test;
import profgen.capability.Capability;
import profgen.profile.ArgumentTest;
import profgen.profile.Rule;

/** Rules that look at arguments: namespaces, socket families, personalities. */
class GeneratedArgumentsTest {
    @Test
    void clone3_answers_enosys_and_a_recording_with_it_alone_gets_the_rule_for_clone() {
        Generated generated = generate(Runs.on(X86_64).values("clone3", tuple(0x3d0f00)), BARE);
        assertThat(verdict(generated).errno("clone3")).isEqualTo(38);
        assertThat(verdict(generated).allows("clone", 0x11)).isTrue();
        assertThat(verdict(generated).allows("clone", 0x10000011)).isFalse();
        assertThat(withCapability(generated, Capability.CAP_SYS_ADMIN).allows("clone", 0x11))
                .isTrue();
        assertThat(withCapability(generated, Capability.CAP_SYS_ADMIN).allows("clone", 0x10000011))
                .isFalse();
        assertThat(generated.gates()).isEmpty();
    }

    @Test
    void a_recorded_namespace_is_open_with_cap_sys_admin_only_and_no_other_namespace() {
        Generated generated = generate(Runs.on(X86_64).values("clone", tuple(0x11), tuple(0x20000011)), BARE);
        assertThat(verdict(generated).allows("clone", 0x11)).isTrue();
        assertThat(verdict(generated).allows("clone", 0x20000011)).isFalse();
        Verdict admin = withCapability(generated, Capability.CAP_SYS_ADMIN);
        assertThat(admin.allows("clone", 0x20000011)).isTrue();
        assertThat(admin.allows("clone", 0x11)).isTrue();
        assertThat(admin.allows("clone", 0x10000011)).isFalse();
        assertThat(generated.gates()).extracting(Generated.Gate::name).containsExactly("clone");
        assertThat(generated.capAdd().names()).containsExactly("CAP_SYS_ADMIN");
    }

    @Test
    void clone3_for_what_clone_cannot_do_stays_behind_docker_s_gate() {
        Generated generated = generate(Runs.on(X86_64).values("clone3", tuple(0x200000000L)), BARE);
        assertThat(verdict(generated).errno("clone3")).isEqualTo(38);
        assertThat(verdict(generated).allows("clone3")).isFalse();
        assertThat(withCapability(generated, Capability.CAP_SYS_ADMIN).allows("clone3"))
                .isTrue();
        assertThat(withCapability(generated, Capability.CAP_SYS_ADMIN).errno("clone3"))
                .isZero();
    }

    @Test
    void only_recorded_families_of_sockets_are_allowed_and_vsock_is_left_out_loudly() {
        Generated generated = generate(Runs.on(X86_64).values("socket", tuple(1, 1, 0), tuple(40, 1, 0)), BARE);
        assertThat(rulesFor(generated, "socket"))
                .extracting(Rule::args)
                .containsExactly(List.of(ArgumentTest.equalInt(0, 1)));
        assertThat(generated.leftOut()).singleElement().satisfies(out -> {
            assertThat(out.what()).isEqualTo("socket with AF_VSOCK");
            assertThat(out.remedy()).isEqualTo("--allow-beyond socket");
        });
        Policy beyond = Policies.bare().allowBeyond("socket", "the agent").policy();
        Generated allowed = generate(Runs.on(X86_64).values("socket", tuple(1, 1, 0), tuple(40, 1, 0)), beyond);
        assertThat(rulesFor(allowed, "socket"))
                .extracting(Rule::comment)
                .containsExactly(
                        "seen in the recording: AF_UNIX",
                        "allowed beyond Docker's default by policy: the agent: AF_VSOCK");
        assertThat(verdict(allowed).allows("socket", 40)).isTrue();
        assertThat(verdict(allowed).allows("socket", 2)).isFalse();
    }

    @Test
    void sockets_of_too_many_kinds_to_record_get_docker_s_families_without_comparisons_by_size() {
        Generated generated = generate(Runs.on(X86_64).many("socket", tuple(1, 1, 0)), BARE);
        assertThat(rulesFor(generated, "socket"))
                .extracting(rule -> rule.args().get(0).operator())
                .containsOnly(ArgumentTest.Operator.MASKED_EQ);
        for (int family = 0; family < 64; family++) {
            assertThat(verdict(generated).allows("socket", family))
                    .as("family %d", family)
                    .isEqualTo(family != 38 && family != 40);
        }
        assertThat(verdict(generated).allows("socket", 0x1_0000_0028L)).isFalse();
    }

    @Test
    void personality_keeps_the_recorded_values_that_docker_allows() {
        Generated generated = generate(Runs.on(X86_64).values("personality", tuple(0xFFFFFFFFL), tuple(0x40000)), BARE);
        assertThat(verdict(generated).allows("personality", 0xFFFFFFFFL)).isTrue();
        assertThat(verdict(generated).allows("personality", 0)).isFalse();
        assertThat(verdict(generated).allows("personality", 0x40000)).isFalse();
        assertThat(generated.leftOut())
                .extracting(Generated.LeftOut::kind)
                .containsExactly(Generated.LeftOut.Kind.BEYOND_VALUE);
    }
}
