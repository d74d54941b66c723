package profgen.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import profgen.capability.Capability;
import profgen.capability.CapabilitySet;
import profgen.profile.ArgumentTest;
import profgen.profile.Baseline;
import profgen.profile.Profile;
import profgen.profile.Rule;
import profgen.recording.Call;
import profgen.recording.Recording;
import profgen.recording.Run;
import profgen.syscall.Arch;
import profgen.syscall.KernelVersion;
import profgen.syscall.SyscallTable;

class NeverWeakerTest {
    private static final List<Host> HOSTS = hosts();

    /** Where both profiles are asked the same; {@code docker} is the engine's default there. */
    private record Host(List<String> arch, CapabilitySet capabilities, KernelVersion kernel, Verdict docker) {
        boolean isMeant(Policy policy) {
            return policy.kernel() == null || kernel.isAtLeast(policy.kernel());
        }

        Verdict ask(Profile profile) {
            return new Verdict(profile, arch, capabilities, kernel);
        }
    }

    private static List<Host> hosts() {
        List<CapabilitySet> sets =
                new ArrayList<>(List.of(CapabilitySet.NONE, CapabilitySet.ALL, CapabilitySet.DOCKER_DEFAULT));
        for (Capability capability : List.of(Capability.CAP_SYS_ADMIN, Capability.CAP_SYS_NICE, Capability.CAP_BPF)) {
            sets.add(CapabilitySet.DOCKER_DEFAULT.with(capability));
        }
        List<Host> hosts = new ArrayList<>();
        for (List<String> arch : List.of(
                Arch.X86_64.conditionNames(), Arch.LOONGARCH64.conditionNames(), List.of("s390x"), List.of("arm64"))) {
            for (KernelVersion kernel : List.of(new KernelVersion(4, 4), new KernelVersion(6, 12))) {
                for (CapabilitySet set : sets) {
                    Verdict docker = new Verdict(Baseline.dockerDefault(), arch, set, kernel);
                    hosts.add(new Host(arch, set, kernel, docker));
                }
            }
        }
        return hosts;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13, 14})
    void what_the_profile_allows_docker_s_default_allows_on_every_host(long seed) {
        RandomRuns random = new RandomRuns(seed);
        for (int i = 0; i < 25; i++) {
            Recording recording = random.recording();
            Policy policy = random.policy();
            Profile profile = Generator.generate(recording, policy).profile();
            Set<String> names = new TreeSet<>();
            profile.syscalls().stream().map(Rule::names).forEach(names::addAll);
            HOSTS.stream().filter(host -> host.isMeant(policy)).forEach(host -> {
                Verdict ours = host.ask(profile);
                names.forEach(name -> assertWithin(host.docker(), ours, name));
            });
        }
    }

    private static void assertWithin(Verdict docker, Verdict ours, String name) {
        for (long value : RandomRuns.VALUES) {
            for (long second : new long[] {0, 0x10000000}) {
                if (ours.allows(name, value, second) && !docker.allows(name, value, second)) {
                    fail("%s(%x, %x) on %s", name, value, second, ours);
                }
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {21, 22, 23, 24})
    void what_was_recorded_and_docker_s_default_allows_the_profile_allows(long seed) {
        RandomRuns random = new RandomRuns(seed);
        for (int i = 0; i < 25; i++) {
            Recording recording = random.recording();
            Policy policy = random.policy();
            Profile profile = Generator.generate(recording, policy).profile();
            for (Host host : HOSTS) {
                Verdict ours = host.ask(profile);
                recording.runs().stream()
                        .filter(run -> isFor(run, host, policy))
                        .flatMap(run -> run.calls().stream())
                        .forEach(call -> assertAllowed(call, host, ours, policy));
            }
        }
    }

    private static boolean isFor(Run run, Host host, Policy policy) {
        Arch arch = run.provenance().arch();
        return host.isMeant(policy)
                && host.arch().equals(arch.conditionNames())
                && (policy.arches().isEmpty() || policy.arches().contains(arch));
    }

    private static void assertAllowed(Call call, Host host, Verdict ours, Policy policy) {
        String name = call.id()
                .knownAbi()
                .flatMap(abi -> SyscallTable.of(abi).name(call.id().number()))
                .orElseThrow();
        for (long value : firstValues(call)) {
            boolean stays = !policy.deny().containsKey(name) && host.docker().allows(name, value);
            // libc takes clone instead, which the profile then allows.
            boolean falls = name.equals("clone3") && ours.errno(name) == 38;
            // Docker's rule has no upper end; families have one, which a profile that takes the rule over keeps.
            boolean noFamily = name.equals("socket") && Long.compareUnsigned(value, 63) > 0;
            if (stays && !falls && !noFamily && !ours.allows(name, value)) {
                fail("%s(%x) on %s", name, value, ours);
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {31, 32})
    void no_rule_is_of_a_kind_that_filter_compilers_read_in_their_own_way(long seed) {
        RandomRuns random = new RandomRuns(seed);
        for (int i = 0; i < 25; i++) {
            Profile profile =
                    Generator.generate(random.recording(), random.policy()).profile();
            for (Rule rule : profile.syscalls()) {
                assertThat(rule.names()).isNotEmpty().isSorted().doesNotHaveDuplicates();
                assertThat(rule.args()).extracting(ArgumentTest::index).doesNotHaveDuplicates();
                assertThat(rule.args())
                        .extracting(ArgumentTest::operator)
                        .isSubsetOf(ArgumentTest.Operator.EQ, ArgumentTest.Operator.MASKED_EQ);
                assertThat(rule.comment()).isNotEmpty();
            }
            HOSTS.forEach(
                    host -> assertThat(host.ask(profile).namesWithTwoActions()).isEmpty());
        }
    }

    /** Of argument 0, the only one that Docker's rules test here; clone3's are not arguments. */
    private static List<Long> firstValues(Call call) {
        Call.Arguments arguments = call.arguments();
        int position = arguments == null ? -1 : arguments.indexes().indexOf(0);
        return arguments == null || position < 0
                ? List.of(0L)
                : arguments.tuples().stream().map(tuple -> tuple.get(position)).toList();
    }
}
