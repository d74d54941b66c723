package profgen.filter;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import profgen.profile.ArgumentTest;
import profgen.profile.Profile;
import profgen.profile.Rule;
import profgen.syscall.Abi;
import profgen.syscall.SyscallTable;

/** What a profile's rules say of each call, before a host chooses among them: made once, and shared by the filters of all hosts. */
final class RuleIndex {
    private final List<Rule> profileRules;
    private final List<List<FilterRule>> rules = new ArrayList<>();
    private final List<List<String>> unknownNames = new ArrayList<>();
    private final Map<Abi, Map<Integer, List<Clause>>> clauses = new ConcurrentHashMap<>();
    private final Map<Abi, int[]> highest = new ConcurrentHashMap<>();

    RuleIndex(Profile profile) {
        profileRules = profile.syscalls();
        for (int index = 0; index < profileRules.size(); index++) {
            rules.add(filterRules(index, profileRules.get(index)));
            unknownNames.add(profileRules.get(index).names().stream()
                    .filter(name -> !SyscallTable.isKnown(name))
                    .toList());
        }
    }

    private static List<FilterRule> filterRules(int index, Rule rule) {
        Outcome outcome = Outcome.of(rule.action(), rule.errnoRet());
        return alternatives(rule.args()).stream()
                .map(tests -> new FilterRule(index, rule.names(), outcome, tests))
                .toList();
    }

    /** Two tests of one argument: the runtimes then make a rule of every test, so that the AND becomes an OR. */
    private static List<List<ArgumentTest>> alternatives(List<ArgumentTest> tests) {
        long indexes = tests.stream().mapToInt(ArgumentTest::index).distinct().count();
        return indexes == tests.size()
                ? List.of(tests)
                : tests.stream().map(List::of).toList();
    }

    /** What the runtime gets of one rule of the profile. */
    List<FilterRule> rules(int profileIndex) {
        return rules.get(profileIndex);
    }

    List<String> unknownNames(int profileIndex) {
        return unknownNames.get(profileIndex);
    }

    /** Of all rules, by number, in the profile's order. */
    Map<Integer, List<Clause>> clauses(Abi abi) {
        return clauses.computeIfAbsent(abi, this::clausesOf);
    }

    /** @param rules by their places in the profile */
    List<Clause> clauses(Abi abi, int number, BitSet rules) {
        List<Clause> all = clauses(abi).getOrDefault(number, List.of());
        List<Clause> chosen = new ArrayList<>(all.size());
        for (Clause clause : all) {
            if (rules.get(clause.rule().profileIndex())) {
                chosen.add(clause);
            }
        }
        return chosen;
    }

    private Map<Integer, List<Clause>> clausesOf(Abi abi) {
        Map<Integer, List<Clause>> byNumber = new HashMap<>();
        SyscallTable table = SyscallTable.of(abi);
        for (List<FilterRule> alternatives : rules) {
            for (FilterRule rule : alternatives) {
                Clause plain = Clause.of(rule, rule.tests(), abi);
                for (String name : rule.names()) {
                    table.number(name).ifPresent(number -> add(byNumber, number, plain));
                    OptionalInt carrier = Multiplexed.carrier(abi, name);
                    if (carrier.isPresent()) {
                        List<ArgumentTest> tests = Multiplexed.tests(name, rule.tests());
                        add(byNumber, carrier.getAsInt(), Clause.of(rule, tests, abi));
                    }
                }
            }
        }
        return byNumber;
    }

    private static void add(Map<Integer, List<Clause>> byNumber, int number, Clause clause) {
        byNumber.computeIfAbsent(number, key -> new ArrayList<>()).add(clause);
    }

    /** The highest number that a rule names, 0 if none. */
    int highest(Abi abi, int profileIndex) {
        return highest.computeIfAbsent(abi, this::highestOf)[profileIndex];
    }

    private int[] highestOf(Abi abi) {
        SyscallTable table = SyscallTable.of(abi);
        return profileRules.stream()
                .mapToInt(rule -> rule.names().stream()
                        .mapToInt(name -> table.number(name).orElse(0))
                        .max()
                        .orElse(0))
                .toArray();
    }
}
