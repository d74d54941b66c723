package profgen.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import profgen.filter.Outcome;
import profgen.profile.Action;
import profgen.profile.ArgumentTest;
import profgen.profile.ArgumentTest.Operator;
import profgen.profile.Baseline;
import profgen.profile.Condition;
import profgen.profile.Profile;
import profgen.profile.Rule;
import profgen.syscall.KernelVersion;

class ComparerTest {
    @ParameterizedTest
    @ValueSource(strings = {"docker-default", "docker-20.10", "docker-28", "podman-default", "unconfined", "strict"})
    void a_baseline_equals_itself(String name) {
        Profile profile = Baseline.named(name).orElseThrow();
        assertThat(Diffs.of(profile, profile).isEqual()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "docker-default, docker-28", "docker-20.10, docker-default", "docker-default, podman-default",
        "docker-default, unconfined", "strict, podman-default", "unconfined, strict"
    })
    void two_baselines_differ_at_every_witness_and_the_other_way_round(String a, String b) {
        assertReversible(Baseline.named(a).orElseThrow(), Baseline.named(b).orElseThrow());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void random_profiles_differ_at_every_witness_and_the_other_way_round(long seed) {
        PlainProfiles profiles = new PlainProfiles(seed);
        for (int i = 0; i < 10; i++) {
            Profile a = profiles.next();
            assertReversible(a, profiles.near(a));
            assertReversible(a, profiles.next());
            assertThat(Diffs.of(a, a).isEqual()).isTrue();
        }
    }

    private static void assertReversible(Profile before, Profile after) {
        Side a = new Side.OfProfile("a", before);
        Side b = new Side.OfProfile("b", after);
        Comparison there = Diffs.of(a, b);
        Diffs.assertWitnessed(a, b, there);
        assertThat(there.undecided()).isEmpty();
        assertThat(Diffs.of(b, a).changes().stream().map(ComparerTest::text))
                .containsExactlyInAnyOrderElementsOf(
                        there.changes().stream().map(ComparerTest::reversed).toList());
    }

    private static String text(Change change) {
        String answers = change instanceof CallChange call ? call.before() + " " + call.after() : "";
        return String.join(
                " ", change.kind(), change.subject(), change.direction().label(), answers, rest(change));
    }

    private static String reversed(Change change) {
        String kind = Stream.of(
                        "allowed denied",
                        "arguments-widened arguments-narrowed",
                        "gate-added gate-lifted",
                        "abi-opened abi-closed",
                        "answer-changed answer-changed")
                .map(pair -> List.of(pair.split(" ", -1)))
                .filter(pair -> pair.contains(change.kind()))
                .map(pair -> pair.get(1 - pair.indexOf(change.kind())))
                .findFirst()
                .orElseThrow();
        String to = change.kind().equals("answer-changed") ? change.kind() : kind;
        String answers = change instanceof CallChange call ? call.after() + " " + call.before() : "";
        return String.join(
                " ", to, change.subject(), reversed(change.direction()).label(), answers, rest(change));
    }

    private static Direction reversed(Direction direction) {
        return switch (direction) {
            case LOOSENED -> Direction.TIGHTENED;
            case TIGHTENED -> Direction.LOOSENED;
            case OTHER -> Direction.OTHER;
        };
    }

    private static String rest(Change change) {
        return change.where() + " " + change.witness().orElseThrow().inWords();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13})
    void where_profiles_are_called_equal_no_random_call_finds_a_difference(long seed) {
        PlainProfiles profiles = new PlainProfiles(seed);
        Random random = new Random(seed);
        int equal = 0;
        for (int i = 0; i < 20; i++) {
            Profile a = profiles.next();
            Side left = new Side.OfProfile("a", a);
            Side right = new Side.OfProfile("b", profiles.near(a));
            if (Diffs.of(left, right).isEqual()) {
                equal++;
                assertThat(Diffs.differences(left, right, 10_000, random)).isZero();
            }
        }
        assertThat(equal).isPositive();
    }

    @Test
    void form_alone_is_no_difference() {
        Profile a = deny(
                allow(List.of("read", "write", "close")),
                allow(List.of("kill")).withArgs(List.of(new ArgumentTest(1, Operator.EQ, 9, 0))),
                allow(List.of("lseek")).withArgs(List.of(new ArgumentTest(0, Operator.LE, 2, 0))));
        Profile b = deny(
                allow(List.of("close")),
                new Rule(
                        List.of("lseek"),
                        Action.ALLOW,
                        null,
                        List.of(new ArgumentTest(0, Operator.LT, 3, 0)),
                        Condition.NONE,
                        Condition.NONE,
                        "as before"),
                allow(List.of("write", "read", "read")),
                allow(List.of("kill")).withArgs(List.of(ArgumentTest.masked(1, -1L, 9))),
                allow(List.of("write")));
        assertThat(Diffs.of(a, b).changes()).isEmpty();
        assertThat(Diffs.differences(new Side.OfProfile("a", a), new Side.OfProfile("b", b), 10_000, new Random(5)))
                .isZero();
    }

    @Test
    void the_order_of_rules_for_other_calls_is_no_difference() {
        Profile docker = Baseline.dockerDefault();
        List<Rule> sorted = docker.syscalls().stream()
                .sorted(Comparator.comparing(rule -> rule.names().toString()))
                .toList();
        Profile other = new Profile(
                docker.defaultAction(),
                docker.defaultErrnoRet(),
                docker.archMap(),
                docker.architectures(),
                docker.flags(),
                null,
                null,
                sorted);
        assertThat(Diffs.of(docker, other).changes()).isEmpty();
    }

    @Test
    void a_gate_that_is_lifted_names_its_capability() {
        Profile gated = deny(allow(List.of("mbind")).withIncludes(needs("CAP_SYS_NICE")));
        assertThat(Diffs.of(gated, deny(allow(List.of("mbind")))).changes())
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.kind()).isEqualTo("gate-lifted");
                    assertThat(change.loosens()).isTrue();
                    assertThat(change.inWords())
                            .isEqualTo("mbind no longer needs CAP_SYS_NICE: allow (before: errno 1 (EPERM))");
                    assertThat(change.where())
                            .containsExactly("x86_64 except +SYS_NICE", "loongarch64 except +SYS_NICE");
                });
    }

    @Test
    void a_gate_on_a_capability_that_docker_grants_shows_where_it_is_dropped() {
        Profile gated = deny(allow(List.of("chroot")).withIncludes(needs("CAP_SYS_CHROOT")));
        assertThat(Diffs.of(deny(allow(List.of("chroot"))), gated).changes())
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.kind()).isEqualTo("gate-added");
                    assertThat(change.where()).containsExactly("x86_64 -SYS_CHROOT", "loongarch64 -SYS_CHROOT");
                });
    }

    @Test
    void a_rule_for_newer_kernels_shows_on_the_kernel_before() {
        Condition since = new Condition(List.of(), List.of(), new KernelVersion(5, 0));
        Profile gated = deny(allow(List.of("ptrace")).withIncludes(since));
        assertThat(Diffs.of(deny(allow(List.of("ptrace"))), gated).changes())
                .singleElement()
                .satisfies(change -> assertThat(change.where()).containsExactly("x86_64 kernel 4.20"));
    }

    @Test
    void an_argument_that_is_opened_is_shown_by_a_call_with_it() {
        Profile a = deny(allow(List.of("socket")).withArgs(List.of(ArgumentTest.equalInt(0, 1))));
        Profile b = deny(
                allow(List.of("socket")).withArgs(List.of(ArgumentTest.equalInt(0, 1))),
                allow(List.of("socket")).withArgs(List.of(ArgumentTest.equalInt(0, 40), ArgumentTest.equalInt(1, 1))));
        assertThat(Diffs.of(a, b).changes()).singleElement().satisfies(change -> {
            assertThat(change.kind()).isEqualTo("arguments-widened");
            assertThat(change.detail()).endsWith("for a0 == AF_VSOCK and a1 == SOCK_STREAM");
            assertThat(change.witness().orElseThrow().inWords()).isEqualTo("socket(40, 1, 0)");
        });
    }

    @Test
    void an_abi_that_is_opened_is_one_change() {
        Profile a = deny(allow(List.of("read", "write")));
        Profile b = new Profile(
                Action.ERRNO,
                null,
                List.of(),
                List.of("SCMP_ARCH_X86_64", "SCMP_ARCH_X86"),
                null,
                null,
                null,
                a.syscalls());
        assertThat(Diffs.of(a, b).changes()).singleElement().satisfies(change -> {
            assertThat(change.inWords()).isEqualTo("the ABI i386 is opened: 3 of its calls are allowed");
            assertThat(change.loosens()).isTrue();
        });
    }

    @Test
    void another_error_is_neither_loosened_nor_tightened() {
        Rule enosys = new Rule(List.of("clone3"), Action.ERRNO, 38, List.of(), Condition.NONE, Condition.NONE, "");
        Profile a = deny(allow(List.of("read", "mseal", "openat2")));
        Profile b = deny(allow(List.of("read", "mseal", "openat2")), enosys);
        assertThat(Diffs.of(a, b).changes()).singleElement().satisfies(change -> {
            assertThat(change.kind()).isEqualTo("answer-changed");
            assertThat(change.direction()).isEqualTo(Direction.OTHER);
            assertThat(((CallChange) change).after()).isEqualTo(Outcome.errno(38));
        });
    }

    @Test
    void rules_made_to_be_hard_are_undecided_and_the_rest_is_compared() {
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            long bits = i * 0x9E3779B97F4A7C15L;
            rules.add(allow(List.of("ioctl"))
                    .withArgs(List.of(
                            ArgumentTest.masked(0, bits, bits & 0x5555),
                            ArgumentTest.masked(3, ~bits, bits >>> 7 & ~bits))));
        }
        Profile hard = deny(rules.toArray(Rule[]::new));
        rules.add(allow(List.of("read")));
        Side a = new Side.OfProfile("a", hard);
        Side b = new Side.OfProfile("b", deny(rules.toArray(Rule[]::new)));
        Comparison comparison = Comparer.compare(a, b, Diffs.hosts(a, b), 50_000);
        assertThat(comparison.undecided())
                .extracting(Comparison.Undecided::call)
                .containsExactly("ioctl");
        assertThat(comparison.changes()).extracting(Change::subject).containsExactly("read");
    }

    private static Condition needs(String capability) {
        return new Condition(List.of(capability), List.of(), null);
    }

    private static Rule allow(List<String> names) {
        return Rule.allow(names, "");
    }

    /** With the newest call in it: runc's answer for newer numbers does not move with the other rules then. */
    private static Profile deny(Rule... rules) {
        List<Rule> all = new ArrayList<>(List.of(rules));
        all.add(allow(List.of("file_setattr")));
        return new Profile(Action.ERRNO, null, List.of(), List.of(), null, null, null, all);
    }
}
