package profgen.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import profgen.HostException;
import profgen.profile.Action;
import profgen.profile.ArgumentTest;
import profgen.profile.ArgumentTest.Operator;
import profgen.profile.Condition;
import profgen.profile.Profile;
import profgen.profile.Rule;
import profgen.syscall.Abi;
import profgen.syscall.Arch;

class LibseccompIT {
    private static final Host HOST = Host.docker(Arch.X86_64);

    @Test
    void a_library_that_is_missing_is_named_with_its_package() {
        assertThatThrownBy(() -> Libseccomp.at("/nonexistent/libseccomp.so.2"))
                .isInstanceOfSatisfying(HostException.class, failure -> {
                    assertThat(failure).hasMessageContaining("/nonexistent/libseccomp.so.2: cannot be loaded");
                    assertThat(failure.hint()).contains("libseccomp2");
                });
    }

    @Test
    void a_library_without_loongarch_is_named_with_the_version_that_has_it() {
        Libseccomp libseccomp = LibraryOfTests.installed();
        if (!libseccomp.knows(Arch.LOONGARCH64)) {
            Filter filter = Resolver.resolve(profile(List.of()), Host.docker(Arch.LOONGARCH64));
            assertThatThrownBy(() -> libseccomp.compile(filter))
                    .hasMessageContaining("libseccomp " + libseccomp.version())
                    .hasMessageContaining("SCMP_ARCH_LOONGARCH64");
        }
        assertThat(libseccomp.version()).isGreaterThan(new EngineVersion(2, 4, 0));
    }

    @Test
    void names_that_the_library_does_not_know_are_told() {
        Filter filter = Resolver.resolve(profile(List.of(Rule.allow(List.of("read", "raed"), ""))), HOST);
        assertThat(filter.unknownNames()).containsExactly("raed");
        Compiled compiled = LibraryOfTests.installed().compile(filter);
        assertThat(compiled)
                .isInstanceOfSatisfying(
                        Compiled.Program.class,
                        program -> assertThat(program.unknownNames()).containsExactly("raed"));
    }

    @Test
    void the_same_test_with_two_actions_is_refused() {
        List<ArgumentTest> tests = List.of(new ArgumentTest(0, Operator.EQ, 1, 0));
        Filter filter = Resolver.resolve(
                profile(List.of(rule("socket", Action.ALLOW, tests), rule("socket", Action.TRAP, tests))), HOST);
        assertThat(LibraryOfTests.installed().compile(filter))
                .isEqualTo(new Compiled.Refused("libseccomp: rule for socket: EEXIST"));
    }

    @Test
    void rules_on_which_the_library_works_for_ever_are_given_up_and_the_next_filter_is_made() {
        Random random = new Random(1);
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            List<ArgumentTest> tests = new ArrayList<>();
            for (int index = 0; index < 6; index++) {
                Operator operator = List.of(Operator.values()).get(random.nextInt(6));
                tests.add(new ArgumentTest(index, operator, random.nextInt(3), 0));
            }
            rules.add(rule("mmap", Action.ALLOW, tests));
        }
        Filter hard = Resolver.resolve(profile(rules), HOST);
        Filter easy = Resolver.resolve(profile(List.of(Rule.allow(List.of("read"), ""))), HOST);
        List<Compiled> compiled = LibraryOfTests.installed().withLimit(2).compile(List.of(hard, easy));
        assertThat(compiled.get(0)).isInstanceOf(Compiled.GaveUp.class);
        assertThat(compiled.get(1)).isInstanceOf(Compiled.Program.class);
    }

    @Test
    void what_the_library_makes_otherwise_is_reported_with_a_witness_on_which_it_differs() {
        Libseccomp libseccomp = LibraryOfTests.installed();
        ArgumentTest one = new ArgumentTest(1, Operator.EQ, 1, 0);
        ArgumentTest both = new ArgumentTest(1, Operator.GE, 1, 0);
        Filter filter = Resolver.resolve(
                profile(List.of(
                        rule("read", Action.TRAP, List.of()),
                        rule("socket", Action.ALLOW, List.of(one)),
                        rule("socket", Action.TRAP, List.of(both)),
                        rule("socket", Action.KILL_THREAD, List.of(new ArgumentTest(1, Operator.LE, 9, 0))))),
                HOST);
        assertThat(LibseccompCheck.isDoubtful(filter, Abi.X86_64, 41)).isTrue();
        assertThat(LibseccompCheck.isDoubtful(filter, Abi.X86_64, 0)).isFalse();
        LibseccompCheck check = LibseccompCheck.of(libseccomp, filter, LibseccompCheck.Calls.ALL);
        BpfProgram program = ((Compiled.Program) libseccomp.compile(filter)).program();
        for (LibseccompCheck.Discrepancy found : check.discrepancies()) {
            long[] arguments =
                    found.arguments().stream().mapToLong(Long::longValue).toArray();
            assertThat(filter.outcome(found.abi(), found.number(), arguments)).isEqualTo(found.intended());
            assertThat(program.outcome(found.abi(), found.number(), arguments))
                    .isEqualTo(found.made())
                    .isNotEqualTo(found.intended());
        }
        assertThat(check.problem()).isNull();
        assertThat(check.discrepancies())
                .as("libseccomp %s", libseccomp.version())
                .isNotEmpty();
    }

    private static Profile profile(List<Rule> rules) {
        return new Profile(Action.ERRNO, null, List.of(), List.of(), null, null, null, rules);
    }

    private static Rule rule(String name, Action action, List<ArgumentTest> tests) {
        return new Rule(List.of(name), action, null, tests, Condition.NONE, Condition.NONE, "");
    }

    @Test
    void a_name_longer_than_any_call_is_unknown_like_others() {
        String longest = "x".repeat(70_000);
        Filter filter = Resolver.resolve(profile(List.of(Rule.allow(List.of("read", longest), ""))), HOST);
        assertThat(LibraryOfTests.installed().compile(filter))
                .isInstanceOfSatisfying(
                        Compiled.Program.class,
                        program -> assertThat(program.unknownNames()).containsExactly(longest));
    }
}
