package profgen.filter;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import profgen.profile.Action;
import profgen.profile.ArgumentTest;
import profgen.profile.ArgumentTest.Operator;
import profgen.profile.Condition;
import profgen.profile.Profile;
import profgen.profile.Rule;

/**
 * Profiles of the kind that profgen writes: for a name one action, and with EQ and MASKED_EQ alternatives of one argument, or of several
 * that each compares in the same way; or one rule with any operators.
 */
final class RandomProfiles {
    private static final List<Action> ACTIONS = List.of(
            Action.ALLOW,
            Action.ALLOW,
            Action.ALLOW,
            Action.ERRNO,
            Action.ERRNO,
            Action.KILL_PROCESS,
            Action.KILL_THREAD,
            Action.TRAP);
    private static final List<Action> DEFAULTS =
            List.of(Action.ERRNO, Action.ERRNO, Action.ERRNO, Action.ALLOW, Action.KILL_PROCESS);
    private static final List<Operator> OPERATORS = List.of(Operator.values());

    private final Random random;
    private final List<String> names;

    RandomProfiles(Random random, Set<String> names) {
        this.random = random;
        this.names = List.copyOf(new TreeSet<>(names));
    }

    Profile next() {
        List<String> some = new ArrayList<>(names);
        some.remove("exit_group");
        Collections.shuffle(some, random);
        int count = 1 + random.nextInt(40);
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rules.addAll(rulesFor(some.get(i)));
        }
        Action action = DEFAULTS.get(random.nextInt(DEFAULTS.size()));
        rules.add(anchor(action));
        Collections.shuffle(rules, random);
        return new Profile(action, errno(action), List.of(), architectures(), null, null, null, rules);
    }

    /** A call that every ABI has, without arguments, as in every profile in use: libseccomp 2.5 needs one where a name has no number. */
    private static Rule anchor(Action byDefault) {
        return rule("exit_group", byDefault == Action.ALLOW ? Action.TRAP : Action.ALLOW, null, List.of());
    }

    private List<String> architectures() {
        List<String> opened = new ArrayList<>(List.of("SCMP_ARCH_X86_64", "SCMP_ARCH_LOONGARCH64"));
        if (random.nextBoolean()) {
            opened.add("SCMP_ARCH_X86");
        }
        if (random.nextBoolean()) {
            opened.add("SCMP_ARCH_X32");
        }
        return opened;
    }

    private List<Rule> rulesFor(String name) {
        Action action = ACTIONS.get(random.nextInt(ACTIONS.size()));
        Integer errno = errno(action);
        Set<Integer> indexes = indexes();
        return switch (random.nextInt(4)) {
            case 0 -> List.of(rule(name, action, errno, List.of()));
            case 1 ->
                List.of(rule(
                        name, action, errno, indexes.stream().map(this::test).toList()));
            case 2 ->
                alternatives(
                        name,
                        action,
                        errno,
                        () -> List.of(equality(indexes.iterator().next(), anyMask())));
            default -> {
                List<Long> masks = Stream.generate(this::anyMask).limit(6).toList();
                yield alternatives(
                        name,
                        action,
                        errno,
                        () -> indexes.stream()
                                .map(index -> equality(index, masks.get(index)))
                                .toList());
            }
        };
    }

    private List<Rule> alternatives(
            String name, Action action, @Nullable Integer errno, Supplier<List<ArgumentTest>> tests) {
        // A rule without tests wins over the others, wherever it stands.
        List<ArgumentTest> first = random.nextInt(8) == 0 ? List.of() : tests.get();
        return Stream.concat(Stream.of(first), Stream.generate(tests).limit(random.nextInt(6)))
                .map(some -> rule(name, action, errno, some))
                .toList();
    }

    private @Nullable Integer errno(Action action) {
        return action == Action.ERRNO && random.nextBoolean() ? (Integer) random.nextInt(100) : null;
    }

    private static Rule rule(String name, Action action, @Nullable Integer errno, List<ArgumentTest> tests) {
        return new Rule(List.of(name), action, errno, tests, Condition.NONE, Condition.NONE, "");
    }

    private Set<Integer> indexes() {
        Set<Integer> indexes = new LinkedHashSet<>();
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            indexes.add(random.nextInt(6));
        }
        return indexes;
    }

    /** @param mask 0 for EQ */
    private ArgumentTest equality(int index, long mask) {
        return mask == 0 ? new ArgumentTest(index, Operator.EQ, datum(), 0) : ArgumentTest.masked(index, mask, datum());
    }

    private ArgumentTest test(int index) {
        Operator operator = OPERATORS.get(random.nextInt(OPERATORS.size()));
        return operator == Operator.MASKED_EQ
                ? ArgumentTest.masked(index, mask(), datum())
                : new ArgumentTest(index, operator, datum(), 0);
    }

    /** 0 for EQ. */
    private long anyMask() {
        return random.nextBoolean() ? 0 : mask();
    }

    private long mask() {
        return switch (random.nextInt(5)) {
            case 0 -> 0xFFFFFFFFL;
            case 1 -> 0x7E020000L;
            case 2 -> 1L << random.nextInt(64);
            case 3 -> -1L << random.nextInt(64);
            default -> random.nextLong();
        };
    }

    /** Small numbers mostly, so that rules for one name meet. */
    private long datum() {
        return switch (random.nextInt(8)) {
            case 0 -> random.nextLong();
            case 1 -> Integer.toUnsignedLong(random.nextInt());
            case 2 -> 1L << random.nextInt(64);
            case 3 -> -1L - random.nextInt(3);
            case 4 -> (1L << 32) + random.nextInt(3) - 1;
            default -> random.nextInt(4);
        };
    }
}
