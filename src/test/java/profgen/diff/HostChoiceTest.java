package profgen.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import profgen.capability.Capability;
import profgen.capability.CapabilitySet;
import profgen.filter.Filter;
import profgen.filter.Host;
import profgen.filter.Resolver;
import profgen.profile.Action;
import profgen.profile.Condition;
import profgen.profile.Profile;
import profgen.profile.Rule;
import profgen.syscall.Abi;
import profgen.syscall.Arch;
import profgen.syscall.KernelVersion;

/** On which hosts two profiles are compared: on all on which conditions of one call meet. */
class HostChoiceTest {
    private static final List<String> CAPABILITIES = List.of("CAP_SYS_ADMIN", "CAP_BPF", "CAP_CHOWN");
    private static final List<KernelVersion> KERNELS = List.of(kernel(4, 8), kernel(5, 0), kernel(7, 1));

    private static KernelVersion kernel(int kernel, int major) {
        return new KernelVersion(kernel, major);
    }

    private static Rule bpf(List<String> with, List<String> without, @Nullable KernelVersion before) {
        return Rule.allow(List.of("bpf"), "")
                .withIncludes(new Condition(with, List.of(), null))
                .withExcludes(new Condition(without, List.of(), before));
    }

    /** Names the last call that there is: no condition moves the number above which runc answers ENOSYS. */
    private static Profile deny(List<Rule> rules) {
        return deny(List.of("read", "file_setattr"), rules);
    }

    private static Profile deny(List<String> allowed, List<Rule> rules) {
        List<Rule> all = new ArrayList<>(rules);
        all.add(Rule.allow(allowed, ""));
        return new Profile(Action.ERRNO, null, List.of(), List.of(), null, null, null, all);
    }

    static Stream<Arguments> togetherOnly() {
        return Stream.of(
                Arguments.of(bpf(List.of("CAP_BPF", "CAP_SYS_ADMIN"), List.of(), null), "x86_64 +SYS_ADMIN+BPF"),
                Arguments.of(bpf(List.of("CAP_SYS_ADMIN"), List.of(), kernel(4, 8)), "x86_64 kernel 4.7+SYS_ADMIN"),
                Arguments.of(bpf(List.of("CAP_SYS_ADMIN"), List.of("CAP_CHOWN"), null), "x86_64 -CHOWN+SYS_ADMIN"));
    }

    @ParameterizedTest
    @MethodSource("togetherOnly")
    void a_rule_that_only_several_capabilities_or_kernels_together_let_in_is_a_change(Rule rule, String where) {
        assertThat(Diffs.of(deny(List.of()), deny(List.of(rule))).changes())
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.loosens()).isTrue();
                    assertThat(change.where()).contains(where);
                });
    }

    @Test
    void a_host_of_one_call_does_not_burden_the_others() {
        Rule rule = bpf(List.of("CAP_BPF", "CAP_SYS_ADMIN"), List.of(), null);
        Profile more = deny(List.of(rule, Rule.allow(List.of("write"), "")));
        assertThat(Diffs.of(deny(List.of(rule)), more).changes())
                .singleElement()
                .satisfies(change -> assertThat(change.where()).containsExactly("x86_64", "loongarch64"));
    }

    @Test
    void what_the_user_fixed_is_not_varied() {
        Rule rule = bpf(List.of("CAP_SYS_ADMIN"), List.of(), kernel(4, 8));
        Side a = new Side.OfProfile("a", deny(List.of(rule)));
        List<Host> hosts = List.of(Host.docker(Arch.X86_64));
        assertThat(HostChoice.withConditions(hosts, a, a, Set.of(HostChoice.Varied.KERNELS)))
                .extracting(Asked::label)
                .containsExactly("", "kernel 4.7");
        assertThat(HostChoice.withConditions(hosts, a, a, Set.of(HostChoice.Varied.CAPABILITIES)))
                .extracting(Asked::label)
                .containsExactly("", "+SYS_ADMIN");
        assertThat(HostChoice.withConditions(hosts, a, a, EnumSet.allOf(HostChoice.Varied.class)))
                .extracting(Asked::label)
                .containsExactly("", "+SYS_ADMIN", "kernel 4.7", "kernel 4.7+SYS_ADMIN");
    }

    private static Rule high(Action action, @Nullable Integer errno, String... capabilities) {
        Condition with = new Condition(List.of(capabilities), List.of(), null);
        return new Rule(List.of("file_setattr"), action, errno, List.of(), with, Condition.NONE, "");
    }

    @Test
    void a_rule_that_two_capabilities_let_in_and_that_moves_what_is_answered_enosys_changes_other_calls() {
        List<String> allowed = List.of("read", "futex_waitv");
        Profile more = deny(allowed, List.of(high(Action.ERRNO, 38, "CAP_SYS_ADMIN", "CAP_BPF")));
        assertThat(Diffs.of(deny(allowed, List.of()), more).changes())
                .isNotEmpty()
                .allSatisfy(change -> assertThat(change.where())
                        .containsExactly("x86_64 +SYS_ADMIN+BPF", "loongarch64 +SYS_ADMIN+BPF"))
                .extracting(Change::subject)
                .contains("cachestat", "fchmodat2")
                .doesNotContain("file_setattr", "read");
    }

    private static final List<String> NINE = Stream.of(Capability.values())
            .filter(capability -> !CapabilitySet.DOCKER_DEFAULT.contains(capability))
            .limit(9)
            .map(Capability::name)
            .toList();

    private static List<Rule> nine(int from) {
        return NINE.stream()
                .map(name -> bpf(List.of(name), NINE.indexOf(name) < from ? List.of() : List.of("CAP_CHOWN"), null))
                .toList();
    }

    @Test
    void more_capabilities_than_can_be_combined_leave_a_call_undecided_unless_both_have_the_same_rules() {
        assertThat(Diffs.of(deny(nine(0)), deny(nine(0))).isEqual()).isTrue();
        Comparison comparison = Diffs.of(deny(nine(0)), deny(nine(0).subList(1, 9)));
        assertThat(comparison.undecided())
                .extracting(Comparison.Undecided::call)
                .containsExactly("bpf");
        List<Asked> one = HostChoice.only(List.of(Host.docker(Arch.X86_64)));
        assertThat(Comparer.compare(side(nine(0)), side(nine(1)), one).undecided())
                .isEmpty();
    }

    private static Side side(List<Rule> rules) {
        return new Side.OfProfile("a", deny(rules));
    }

    @Test
    void more_capabilities_than_can_be_combined_that_move_what_is_answered_enosys_leave_all_calls_undecided() {
        List<Rule> rules =
                NINE.stream().map(name -> high(Action.ALLOW, null, name)).toList();
        Profile a = deny(List.of("read", "write"), rules);
        assertThat(Diffs.of(a, a).isEqual()).isTrue();
        assertThat(Diffs.of(a, deny(List.of("read", "bpf"), rules.subList(1, 9)))
                        .undecided())
                .extracting(Comparison.Undecided::call)
                .contains("all calls");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void profiles_called_equal_are_so_with_every_set_of_capabilities_and_on_every_kernel(long seed) {
        Random random = new Random(seed);
        int equal = 0;
        for (int i = 0; i < 20; i++) {
            List<String> allowed = random.nextBoolean() ? List.of("read", "file_setattr") : List.of("write", "bpf");
            Profile a = deny(allowed, rules(random));
            Profile b = deny(allowed, rules(random));
            boolean same = differences(a, b) == 0;
            equal += same ? 1 : 0;
            assertThat(Diffs.of(a, b).isEqual()).as("%s%n%s", a, b).isEqualTo(same);
        }
        assertThat(equal).isPositive();
    }

    private static List<Rule> rules(Random random) {
        List<Rule> rules = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            Action action =
                    List.of(Action.ALLOW, Action.KILL_PROCESS, Action.ERRNO).get(random.nextInt(3));
            List<String> name = List.of(action == Action.ERRNO ? "futex_waitv" : "bpf");
            rules.add(new Rule(name, action, null, List.of(), condition(random, 0.3), condition(random, 0.2), ""));
        }
        return rules;
    }

    private static Condition condition(Random random, double often) {
        return new Condition(
                CAPABILITIES.stream()
                        .filter(name -> random.nextDouble() < often)
                        .toList(),
                List.of(),
                random.nextDouble() < often ? KERNELS.get(random.nextInt(KERNELS.size())) : null);
    }

    /** Looked for on all hosts that conditions can tell apart. */
    private static long differences(Profile a, Profile b) {
        Resolver left = Resolver.of(a);
        Resolver right = Resolver.of(b);
        long found = 0;
        for (KernelVersion kernel : List.of(kernel(4, 7), kernel(4, 8), kernel(5, 0), kernel(7, 1))) {
            for (int mask = 0; mask < 1 << CAPABILITIES.size(); mask++) {
                Host host = Host.docker(Arch.X86_64).withKernel(kernel).withBounding(set(mask));
                Filter before = left.on(host);
                Filter after = right.on(host);
                found += IntStream.range(0, 500)
                        .filter(number -> !before.outcome(Abi.X86_64, number).equals(after.outcome(Abi.X86_64, number)))
                        .count();
            }
        }
        return found;
    }

    private static CapabilitySet set(int mask) {
        CapabilitySet set = CapabilitySet.NONE;
        for (int i = 0; i < CAPABILITIES.size(); i++) {
            Capability capability = Capability.byName(CAPABILITIES.get(i)).orElseThrow();
            set = (mask >> i & 1) == 0 ? set : set.with(capability);
        }
        return set;
    }
}
