package profgen.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static profgen.generate.Generations.BARE;
import static profgen.generate.Generations.generate;
import static profgen.generate.Generations.rulesFor;
import static profgen.generate.Generations.verdict;
import static profgen.generate.Generations.withCapability;
import static profgen.syscall.Arch.X86_64;

import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import profgen.capability.Capability;
import profgen.profile.Condition;
import profgen.profile.Rule;
import profgen.recording.Ledger;
import profgen.recording.Recording;
import profgen.recording.Run;

/** Docker's gates, what lies beyond its default, and what a policy says of both. */
class GatesTest {
    @Test
    void a_gate_stays_as_docker_has_it_and_tells_which_capability_to_add() {
        Generated generated = generate(Runs.on(X86_64).call("get_mempolicy", "set_mempolicy", "chroot", "bpf"), BARE);
        assertThat(verdict(generated).allows("get_mempolicy")).isFalse();
        assertThat(withCapability(generated, Capability.CAP_SYS_NICE).allows("get_mempolicy"))
                .isTrue();
        assertThat(withCapability(generated, Capability.CAP_BPF).allows("bpf")).isTrue();
        assertThat(withCapability(generated, Capability.CAP_SYS_ADMIN).allows("bpf"))
                .isTrue();
        assertThat(generated.gates())
                .extracting(Generated.Gate::name)
                .containsExactly("bpf", "chroot", "get_mempolicy", "set_mempolicy");
        assertThat(generated.gates().get(2).kernelSuffices()).isTrue();
        assertThat(generated.gates().get(2).liftable()).isTrue();
        assertThat(generated.gates().get(0).liftable()).isFalse();
        assertThat(generated.capAdd().names()).containsExactly("CAP_SYS_NICE", "CAP_BPF");
    }

    @Test
    void observed_gates_are_lifted_only_where_the_call_succeeded_without_and_the_kernel_suffices() {
        Policy observed = Policies.bare().observed().policy();
        Generated generated =
                generate(Runs.on(X86_64).call("get_mempolicy", "bpf").refused("mbind"), observed);
        assertThat(verdict(generated).allows("get_mempolicy")).isTrue();
        assertThat(verdict(generated).allows("mbind")).isFalse();
        assertThat(verdict(generated).allows("bpf")).isFalse();
        assertThat(generated.lifted()).containsExactly("get_mempolicy");
        assertThat(generated.gates()).extracting(Generated.Gate::name).containsExactly("bpf", "mbind");
        assertThat(generated.gates().get(1).needed()).isFalse();

        Generated held = generate(Runs.on(X86_64).with(Capability.CAP_SYS_NICE).call("get_mempolicy"), observed);
        assertThat(verdict(held).allows("get_mempolicy")).isFalse();
        Generated user = generate(
                Runs.on(X86_64).with(Capability.CAP_SYS_NICE).user(1000).call("get_mempolicy"), observed);
        assertThat(verdict(user).allows("get_mempolicy")).isTrue();
    }

    @Test
    void where_the_recorder_saw_what_the_kernel_asked_for_a_capability_that_was_there_unused_keeps_no_gate() {
        Policy observed = Policies.bare().observed().policy();
        Runs root = Runs.on(X86_64).with(Capability.CAP_SYS_NICE);
        Generated unused = generate(root.call("get_mempolicy").refused("mbind").usedNoOther(), observed);
        assertThat(unused.lifted()).containsExactly("get_mempolicy");
        Generated used = generate(
                Runs.on(X86_64)
                        .with(Capability.CAP_SYS_NICE)
                        .call("get_mempolicy")
                        .used(Capability.CAP_SYS_NICE),
                observed);
        assertThat(used.lifted()).isEmpty();
        Run missed = root.run().with(List.of(), List.of(new Run.LedgerEntry(Ledger.CAPABILITY_UNSEEN, "3 runs")));
        assertThat(Generator.generate(new Recording(List.of(missed)), observed).lifted())
                .isEmpty();
    }

    @Test
    void a_name_beyond_docker_s_default_answers_enosys_and_names_its_remedy() {
        Runs runs = Runs.on(X86_64).call("read", "io_uring_setup", "keyctl");
        Generated generated = generate(runs, BARE);
        assertThat(verdict(generated).errno("keyctl")).isEqualTo(38);
        assertThat(generated.leftOut())
                .extracting(Generated.LeftOut::what, Generated.LeftOut::remedy)
                .containsExactly(
                        new Tuple("io_uring_setup", "--allow-beyond io_uring_setup"),
                        Tuple.tuple("keyctl", "--allow-beyond keyctl"));
        assertThat(generated.remarks()).anyMatch(remark -> remark.startsWith("io_uring"));
        Policy beyond = Policies.bare().allowBeyond("keyctl", "session keys").policy();
        assertThat(verdict(generate(runs, beyond)).allows("keyctl")).isTrue();
        assertThat(rulesFor(generate(runs, beyond), "keyctl"))
                .extracting(Rule::comment)
                .containsExactly("allowed beyond Docker's default by policy: session keys");
    }

    @Test
    void a_policy_survives_without_a_recording_of_the_name_and_says_so() {
        Policy policy = Policies.bare()
                .allow("pwritev2", "the nightly backup")
                .allow("mount", "")
                .deny("write", "read only")
                .deny("statx", "")
                .policy();
        Generated generated = generate(Runs.on(X86_64).call("read", "write"), policy);
        assertThat(rulesFor(generated, "pwritev2"))
                .extracting(Rule::comment)
                .containsExactly("allowed by policy: the nightly backup");
        assertThat(verdict(generated).allows("mount")).isFalse();
        assertThat(withCapability(generated, Capability.CAP_SYS_ADMIN).allows("mount"))
                .isTrue();
        assertThat(generated.capAdd().isEmpty()).isTrue();
        assertThat(verdict(generated).allows("write")).isFalse();
        assertThat(rulesFor(generated, "write"))
                .extracting(Rule::comment)
                .containsExactly("denied by policy: read only");
        assertThat(verdict(generated).errno("write")).isEqualTo(1);
        assertThat(verdict(generated).errno("statx")).isEqualTo(38);
        assertThat(generated.leftOut())
                .extracting(Generated.LeftOut::kind)
                .containsExactly(Generated.LeftOut.Kind.DENIED);
    }

    @Test
    void a_condition_by_kernel_is_settled_if_the_kernel_is_known() {
        Runs runs = Runs.on(X86_64).call("ptrace");
        assertThat(rulesFor(generate(runs, BARE), "ptrace")).hasSize(2);
        assertThat(rulesFor(generate(runs, Policies.bare().kernel(6, 1).policy()), "ptrace"))
                .extracting(Rule::includes)
                .containsExactly(Condition.NONE);
        Generated old = generate(runs, Policies.bare().kernel(4, 4).policy());
        assertThat(old.gates()).extracting(Generated.Gate::name).containsExactly("ptrace");
        assertThat(old.capAdd().names()).containsExactly("CAP_SYS_PTRACE");
    }
}
