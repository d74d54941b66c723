package profgen.generate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import profgen.profile.Action;
import profgen.profile.ArgumentTest;
import profgen.profile.Condition;
import profgen.profile.Rule;

/** Collects rules of one name each and writes them as few rules in a fixed order, names sorted. */
final class RuleBook {
    static final Comparator<ArgumentTest> BY_VALUE = Comparator.comparingInt(ArgumentTest::index)
            .thenComparing(ArgumentTest::valueTwo, Long::compareUnsigned)
            .thenComparing(ArgumentTest::value, Long::compareUnsigned)
            .thenComparing(ArgumentTest::operator);

    /** The order of the rules. */
    enum Group {
        SEEN,
        PROJECTED,
        FLOOR,
        IMPLICIT,
        POLICY,
        ARGUMENT,
        ARCHITECTURE,
        KERNEL,
        CAPABILITY,
        ANSWER
    }

    private record Key(Group group, Rule nameless) {}

    private static final Comparator<Rule> BY_FORM = Comparator.comparing(Rule::comment)
            .thenComparing(rule -> rule.includes().toString())
            .thenComparing(rule -> rule.excludes().toString())
            .thenComparing(rule -> rule.args().toString())
            .thenComparing(Rule::action)
            .thenComparing(rule -> String.valueOf(rule.errnoRet()));

    private final Map<Key, SortedSet<String>> names =
            new TreeMap<>(Comparator.comparing(Key::group).thenComparing(Key::nameless, BY_FORM));

    /** @param plain the group of a rule without any condition */
    void add(Group plain, Rule single) {
        Key key = new Key(group(plain, single), single.withNames(List.of()));
        names.computeIfAbsent(key, k -> new TreeSet<>()).addAll(single.names());
    }

    /** Names that some rule allows, under whatever condition. */
    SortedSet<String> allowed() {
        SortedSet<String> allowed = new TreeSet<>();
        names.forEach((key, list) -> {
            if (key.nameless().action() == Action.ALLOW) {
                allowed.addAll(list);
            }
        });
        return allowed;
    }

    Set<String> named() {
        Set<String> all = new TreeSet<>();
        names.values().forEach(all::addAll);
        return all;
    }

    /** The first one's comment has the place for the seal. */
    List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        names.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<Key, SortedSet<String>> entry) ->
                                entry.getKey().group())
                        .thenComparing(entry -> entry.getKey().group() == Group.ARGUMENT
                                ? entry.getValue().first()
                                : "")
                        .thenComparing(entry ->
                                entry.getKey().nameless().includes().caps().size())
                        .thenComparing(entry -> data(entry.getKey().nameless())))
                .forEach(entry -> rules.add(entry.getKey().nameless().withNames(List.copyOf(entry.getValue()))));
        if (!rules.isEmpty()) {
            Rule first = rules.get(0);
            rules.set(0, first.withComment(first.comment() + "; " + ProfileSeal.OPEN));
        }
        return rules;
    }

    /** Sorts as numbers do. */
    private static String data(Rule rule) {
        return rule.args().stream()
                .map(test -> test.operator() == ArgumentTest.Operator.MASKED_EQ ? test.valueTwo() : test.value())
                .map(datum -> HexFormat.of().toHexDigits(datum))
                .collect(Collectors.joining(" "));
    }

    private static Group group(Group plain, Rule rule) {
        if (rule.action() != Action.ALLOW) {
            return plain;
        }
        Condition in = rule.includes();
        Condition out = rule.excludes();
        if (!rule.args().isEmpty()) {
            return Group.ARGUMENT;
        }
        if (!in.caps().isEmpty() || !out.caps().isEmpty()) {
            return Group.CAPABILITY;
        }
        if (!in.arches().isEmpty() || !out.arches().isEmpty()) {
            return Group.ARCHITECTURE;
        }
        return in.minKernel() == null ? plain : Group.KERNEL;
    }
}
