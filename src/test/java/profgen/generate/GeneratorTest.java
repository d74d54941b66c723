package profgen.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static profgen.generate.Runs.tuple;
import static profgen.syscall.Arch.LOONGARCH64;
import static profgen.syscall.Arch.X86_64;

import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import profgen.capability.Capability;
import profgen.capability.CapabilitySet;
import profgen.profile.Action;
import profgen.profile.ArgumentTest;
import profgen.profile.Baseline;
import profgen.profile.Condition;
import profgen.profile.Profile;
import profgen.profile.Rule;
import profgen.profile.RuntimeFloor;
import profgen.recording.Recording;
import profgen.syscall.Abi;
import profgen.syscall.Arch;
import profgen.syscall.KernelVersion;
import profgen.syscall.SyscallTable;

class GeneratorTest {
    private static final KernelVersion KERNEL = new KernelVersion(6, 12);
    private static final Policy BARE = Policies.bare().policy();

    @Test
    void what_was_seen_is_allowed_and_everything_else_answers_eperm() {
        Generated generated = generate(Runs.on(X86_64).call("write", "read"), BARE);
        assertThat(generated.profile().defaultAction()).isEqualTo(Action.ERRNO);
        assertThat(generated.profile().defaultErrnoRet()).isEqualTo(1);
        assertThat(generated.profile().archMap())
                .containsExactly(new Profile.ArchMapEntry("SCMP_ARCH_X86_64", List.of()));
        assertThat(rulesFor(generated, "read")).singleElement().satisfies(rule -> {
            assertThat(rule.names()).containsExactly("read", "write");
            assertThat(rule.comment()).startsWith("seen in the recording");
        });
        assertThat(rulesFor(generated, "openat")).isEmpty();
        assertThat(generated.counts().seen()).isEqualTo(2);
        assertThat(generated.counts().total()).isEqualTo(2);
        assertThat(generated.counts().dockerAllows()).isEqualTo(306);
    }

    /** 260 until memfd_secret came to loongarch64 with kernel 7.0. */
    @Test
    void docker_allows_261_names_of_the_newest_kernel_on_loongarch64() {
        assertThat(generate(Runs.on(LOONGARCH64).call("read"), BARE).counts().dockerAllows())
                .isEqualTo(261);
    }

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
    void a_name_beyond_docker_s_default_answers_enosys_and_names_its_remedy() {
        Runs runs = Runs.on(X86_64).call("read", "io_uring_setup", "keyctl");
        Generated generated = generate(runs, BARE);
        assertThat(verdict(generated).errno("keyctl")).isEqualTo(38);
        assertThat(generated.leftOut())
                .extracting(Generated.LeftOut::what, Generated.LeftOut::remedy)
                .containsExactly(
                        row("io_uring_setup", "--allow-beyond io_uring_setup"), row("keyctl", "--allow-beyond keyctl"));
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
    void a_rule_seen_on_one_architecture_only_gets_an_arch_condition() {
        Recording both = new Recording(List.of(
                Runs.on(X86_64).id(1).call("read", "open", "flock").run(),
                Runs.on(LOONGARCH64).id(2).call("read", "openat", "fsync").run()));
        Generated generated = Generator.generate(both, BARE);
        assertThat(rulesFor(generated, "read").get(0).includes()).isEqualTo(Condition.NONE);
        assertThat(rulesFor(generated, "open").get(0).includes()).isEqualTo(Condition.NONE);
        assertThat(rulesFor(generated, "flock").get(0).includes().arches()).containsExactly("amd64");
        assertThat(rulesFor(generated, "fsync").get(0).includes().arches()).containsExactly("loongarch64", "loong64");
        assertThat(generated.profile().archMap())
                .extracting(Profile.ArchMapEntry::architecture)
                .containsExactly("SCMP_ARCH_X86_64", "SCMP_ARCH_LOONGARCH64");
    }

    @Test
    void a_foreign_abi_is_opened_only_if_it_was_recorded() {
        Generated generated = generate(Runs.on(X86_64).call("read").foreign(Abi.I386, "sigreturn", "socketcall"), BARE);
        assertThat(generated.profile().archMap())
                .containsExactly(new Profile.ArchMapEntry("SCMP_ARCH_X86_64", List.of("SCMP_ARCH_X86")));
        assertThat(verdict(generated).allows("sigreturn")).isTrue();
        assertThat(generated.remarks()).anyMatch(remark -> remark.startsWith("i386 calls were recorded"));
    }

    @Test
    void numbers_without_a_name_are_left_out_by_name_of_their_abi() {
        Generated generated =
                generate(Runs.on(X86_64).call("read").number("x86_64", 4711).number("unknown:0x1", 5), BARE);
        assertThat(generated.leftOut())
                .extracting(Generated.LeftOut::what)
                .containsExactly("number 4711 of x86_64", "number 5 of unknown:0x1");
    }

    @Test
    void an_architecture_that_was_not_recorded_gets_the_names_that_replace_what_it_lacks() {
        Policy loong = Policies.bare().arches(LOONGARCH64).policy();
        Generated generated =
                generate(Runs.on(X86_64).call("open", "stat", "arch_prctl", "fork", "iopl", "read"), loong);
        Verdict verdict = Verdict.of(generated.profile(), LOONGARCH64, CapabilitySet.DOCKER_DEFAULT, KERNEL);
        assertThat(Stream.of("openat", "fstat", "newfstatat", "statx", "read")).allMatch(name -> verdict.allows(name));
        assertThat(verdict.allows("clone", 0x11)).isTrue();
        assertThat(verdict.allows("clone", 0x10000000)).isFalse();
        assertThat(rulesFor(generated, "open")).isEmpty();
        assertThat(generated.leftOut()).extracting(Generated.LeftOut::what).containsExactly("iopl");
        assertThat(generated.remarks()).anyMatch(remark -> remark.startsWith("nothing was recorded on loongarch64"));
    }

    @Test
    void the_floor_of_a_runtime_and_what_a_recording_cannot_show_are_there_with_their_reason() {
        Generated generated = generate(Runs.on(X86_64).call("read"), Policy.DEFAULT);
        assertThat(rulesFor(generated, "setgroups"))
                .extracting(Rule::comment)
                .containsExactly("needed by runc's start-up, crun's start-up; not seen in the workload");
        assertThat(rulesFor(generated, "exit_group").get(0).comment()).startsWith("implicit: never returns");
        Policies small = Policies.bare().floors(RuntimeFloor.CRUN);
        small.noNewPrivileges = true;
        assertThat(generate(Runs.on(X86_64).call("read"), small.policy())
                        .counts()
                        .floor())
                .isEqualTo(1);
    }

    @Test
    void no_runtime_s_floor_and_nothing_implicit_is_beyond_docker_s_default() {
        Policies policies = Policies.bare().floors(RuntimeFloor.values());
        policies.implicit = true;
        for (var arch : Arch.values()) {
            Generated generated = generate(Runs.on(arch).call("read"), policies.policy());
            assertThat(generated.leftOut()).isEmpty();
            assertThat(generated.gates()).isEmpty();
        }
    }

    @Test
    void probed_calls_answer_enosys_where_the_runtime_would_say_eperm() {
        Runs runs = Runs.on(X86_64).call("read", "statx");
        Policy runc = Policies.bare().floors(RuntimeFloor.RUNC).policy();
        Verdict under = verdict(generate(runs, runc));
        assertThat(under.errno("renameat2")).isEqualTo(38);
        assertThat(under.errno("epoll_pwait2")).isZero();
        Verdict crun =
                verdict(generate(runs, Policies.bare().floors(RuntimeFloor.CRUN).policy()));
        assertThat(crun.errno("epoll_pwait2")).isEqualTo(38);
        assertThat(crun.errno("statx")).isZero();
        Verdict log = verdict(generate(
                runs, Policies.bare().defaultAction(Policy.DefaultAction.LOG).policy()));
        assertThat(log.errno("epoll_pwait2")).isZero();
        assertThat(log.errno("clone3")).isEqualTo(38);
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

    @Test
    void a_failed_run_is_remarked() {
        assertThat(generate(Runs.on(X86_64).call("read").exited(3), BARE).remarks())
                .anyMatch(remark -> remark.contains("failed run (exit status 3)"));
    }

    @Test
    void docker_s_default_generates_itself_when_everything_is_recorded() {
        Runs runs = Runs.on(X86_64);
        SyscallTable.of(Abi.X86_64).names().values().forEach(runs::call);
        Verdict generated = verdict(generate(runs, BARE));
        Verdict docker = Verdict.of(Baseline.dockerDefault(), X86_64, CapabilitySet.DOCKER_DEFAULT, KERNEL);
        for (String name : SyscallTable.of(Abi.X86_64).names().values()) {
            assertThat(generated.allows(name, 8)).as(name).isEqualTo(docker.allows(name, 8));
        }
    }

    private static Tuple row(Object... cells) {
        return new Tuple(cells);
    }

    private static Generated generate(Runs runs, Policy policy) {
        return Generator.generate(runs.recording(), policy);
    }

    private static Verdict verdict(Generated generated) {
        return Verdict.of(generated.profile(), X86_64, CapabilitySet.DOCKER_DEFAULT, KERNEL);
    }

    private static Verdict withCapability(Generated generated, Capability capability) {
        return Verdict.of(generated.profile(), X86_64, CapabilitySet.DOCKER_DEFAULT.with(capability), KERNEL);
    }

    private static List<Rule> rulesFor(Generated generated, String name) {
        return generated.profile().syscalls().stream()
                .filter(rule -> rule.names().contains(name))
                .toList();
    }
}
