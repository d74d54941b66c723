package profgen.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static profgen.generate.Generations.BARE;
import static profgen.generate.Generations.KERNEL;
import static profgen.generate.Generations.generate;
import static profgen.generate.Generations.rulesFor;
import static profgen.generate.Generations.verdict;
import static profgen.syscall.Arch.X86_64;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import profgen.capability.CapabilitySet;
import profgen.profile.Action;
import profgen.profile.Baseline;
import profgen.profile.Profile;
import profgen.profile.Rule;
import profgen.profile.RuntimeFloor;
import profgen.recording.Phase;
import profgen.recording.Recording;
import profgen.recording.Recordings;
import profgen.syscall.Abi;
import profgen.syscall.Arch;
import profgen.syscall.SyscallTable;

class GeneratorTest {
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

    @Test
    void of_a_name_that_was_seen_in_one_phase_alone_the_comment_says_in_which() {
        Runs service = Runs.on(X86_64)
                .in(Set.of(Phase.ENTRY), "listen", "read")
                .in(Set.of(Phase.SERVING), "accept4", "read")
                .in(Set.of(Phase.SERVING, Phase.SHUTDOWN), "write")
                .in(Set.of(Phase.EXEC), "setpriority", "uname");
        Recording both = Recordings.merge(
                List.of(service.recording(), Runs.on(X86_64).id(1).call("uname").recording()));
        Generated generated = Generator.generate(both, BARE);
        assertThat(comment(generated, "listen")).startsWith("seen in the recording, in phase entry only");
        assertThat(comment(generated, "accept4")).startsWith("seen in the recording, in phase serving only");
        assertThat(comment(generated, "setpriority")).startsWith("seen in the recording, in phase exec only");
        // Of several phases, and of one that a run without phases made too, nothing is said.
        for (String name : List.of("read", "write", "uname")) {
            assertThat(comment(generated, name)).doesNotContain("phase");
        }
    }

    @Test
    void what_was_executed_in_the_container_brings_what_crun_needs_to_execute_it() {
        Policy crun = Policies.bare().floors(RuntimeFloor.CRUN).policy();
        Runs beside = Runs.on(X86_64).in(Set.of(Phase.EXEC), "read");
        assertThat(comment(generate(beside, crun), "setgroups"))
                .isEqualTo("needed by crun's start-up, docker exec; not seen in the workload");
        assertThat(rulesFor(generate(Runs.on(X86_64).call("read"), crun), "setgroups"))
                .isEmpty();
    }

    private static String comment(Generated generated, String name) {
        return rulesFor(generated, name).get(0).comment();
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
                .isEqualTo(3);
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
    void a_wait_that_was_not_necessary_is_allowed_to_what_has_children_or_threads() {
        Policies policies = Policies.bare();
        policies.implicit = true;
        Generated alone = generate(Runs.on(X86_64).call("read"), policies.policy());
        assertThat(rulesFor(alone, "rt_sigsuspend")).isEmpty();
        assertThat(rulesFor(alone, "futex")).isEmpty();
        Generated shell = generate(Runs.on(X86_64).call("wait4", "clone"), policies.policy());
        assertThat(rulesFor(shell, "rt_sigsuspend").get(0).comment()).startsWith("implicit: a wait");
        assertThat(rulesFor(shell, "futex")).hasSize(1);
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
}
