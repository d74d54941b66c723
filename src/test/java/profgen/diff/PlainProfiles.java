package profgen.diff;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import profgen.profile.Action;
import profgen.profile.ArgumentTest;
import profgen.profile.ArgumentTest.Operator;
import profgen.profile.Condition;
import profgen.profile.Profile;
import profgen.profile.Rule;
import profgen.syscall.KernelVersion;

/** Profiles with few names and values, so that two of them meet often; the same for the same seed. */
final class PlainProfiles {
    static final List<String> NAMES =
            List.of("read", "socket", "clone", "openat", "mseal", "personality", "mmap2", "stat");
    static final long[] VALUES = {0, 1, 2, 3, 40, 0xFFFFFFFFL, 1L << 32, 0x100000028L, Long.MIN_VALUE, -1};
    private static final List<String> CAPS = List.of("CAP_SYS_ADMIN", "CAP_SYS_NICE", "CAP_CHOWN");

    private final Random random;

    PlainProfiles(long seed) {
        random = new Random(seed);
    }

    Profile next() {
        List<Rule> rules = new ArrayList<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            rules.add(rule());
        }
        return profile(pick(List.of(Action.ERRNO, Action.ERRNO, Action.ALLOW, Action.KILL_PROCESS)), maybe(38), rules);
    }

    /** The same with one rule changed, added or taken away; sometimes not changed at all. */
    Profile near(Profile profile) {
        List<Rule> rules = new ArrayList<>(profile.syscalls());
        int at = random.nextInt(rules.size());
        switch (random.nextInt(4)) {
            case 0 -> rules.set(at, rule());
            case 1 -> rules.add(rule());
            case 2 -> rules.remove(at);
            default -> rules.set(at, rules.get(at).withIncludes(condition()));
        }
        return profile(profile.defaultAction(), profile.defaultErrnoRet(), rules);
    }

    private Profile profile(@Nullable Action action, @Nullable Integer errno, List<Rule> rules) {
        List<String> arches = random.nextInt(3) == 0 ? List.of("SCMP_ARCH_X86_64", "SCMP_ARCH_X86") : List.of();
        return new Profile(action, errno, List.of(), arches, null, null, null, rules);
    }

    private Rule rule() {
        List<String> names = new ArrayList<>(NAMES);
        Collections.shuffle(names, random);
        List<ArgumentTest> tests = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            Operator operator = pick(List.of(Operator.values()));
            tests.add(new ArgumentTest(
                    random.nextInt(2), operator, value(), operator == Operator.MASKED_EQ ? value() : 0));
        }
        Action action = pick(List.of(Action.ALLOW, Action.ALLOW, Action.ERRNO, Action.LOG, Action.TRACE));
        return new Rule(
                names.subList(0, 1 + random.nextInt(3)), action, maybe(38), tests, condition(), condition(), "");
    }

    private Condition condition() {
        if (random.nextInt(3) != 0) {
            return Condition.NONE;
        }
        return new Condition(
                List.of(pick(CAPS)),
                random.nextInt(4) == 0 ? List.of("amd64") : List.of(),
                random.nextInt(4) == 0 ? new KernelVersion(5, random.nextInt(20)) : null);
    }

    private long value() {
        return VALUES[random.nextInt(VALUES.length)];
    }

    private @Nullable Integer maybe(int number) {
        return random.nextBoolean() ? number : null;
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
