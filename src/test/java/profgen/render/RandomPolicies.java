package profgen.render;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import profgen.profile.Action;
import profgen.profile.ArgumentTest;
import profgen.profile.Condition;
import profgen.profile.Profile;
import profgen.profile.Rule;
import profgen.syscall.Abi;
import profgen.syscall.KernelVersion;
import profgen.syscall.SyscallTable;

/** Profiles with every kind of condition. */
final class RandomPolicies {
    private static final List<String> NAMES =
            List.copyOf(SyscallTable.of(Abi.X86_64).names().values());
    private static final List<String> CAPS = List.of("CAP_CHOWN", "CAP_SYS_ADMIN", "CAP_BPF", "CAP_KILL");
    private static final List<String> ARCHES = List.of("amd64", "loong64", "loongarch64", "s390x");
    private static final List<Action> ACTIONS = List.of(Action.ALLOW, Action.ALLOW, Action.ERRNO, Action.KILL_PROCESS);

    private final Random random;
    private final boolean subAbis;

    RandomPolicies(long seed, boolean subAbis) {
        this.random = new Random(seed);
        this.subAbis = subAbis;
    }

    Profile next() {
        List<String> names = new ArrayList<>(NAMES);
        Collections.shuffle(names, random);
        List<Rule> rules = new ArrayList<>();
        int count = 1 + random.nextInt(60);
        for (int i = 0; i < count; i++) {
            rules.add(rule(names.subList(3 * i, 3 * i + 1 + random.nextInt(3))));
        }
        List<String> also = subAbis ? List.of("SCMP_ARCH_X86", "SCMP_ARCH_X32") : List.of();
        return new Profile(
                random.nextInt(5) == 0 ? Action.ALLOW : Action.ERRNO,
                random.nextBoolean() ? null : (Integer) 38,
                List.of(new Profile.ArchMapEntry("SCMP_ARCH_X86_64", also)),
                List.of(),
                null,
                null,
                null,
                rules);
    }

    private Rule rule(List<String> names) {
        Action action = ACTIONS.get(random.nextInt(ACTIONS.size()));
        Integer errno = action == Action.ERRNO && random.nextBoolean() ? (Integer) (1 + random.nextInt(40)) : null;
        List<ArgumentTest> tests = random.nextInt(4) == 0
                ? List.of(ArgumentTest.equalInt(random.nextInt(6), random.nextInt(9)))
                : List.of();
        return new Rule(names, action, errno, tests, condition(3), condition(8), "");
    }

    /** @param seldom one in so many has a part */
    private Condition condition(int seldom) {
        return new Condition(
                random.nextInt(seldom) == 0 ? some(CAPS) : List.of(),
                random.nextInt(seldom) == 0 ? some(ARCHES) : List.of(),
                kernel(seldom));
    }

    private @Nullable KernelVersion kernel(int seldom) {
        return random.nextInt(seldom) == 0 ? new KernelVersion(4 + random.nextInt(4), random.nextInt(20)) : null;
    }

    private List<String> some(List<String> all) {
        List<String> some = new ArrayList<>(all);
        Collections.shuffle(some, random);
        return some.subList(0, 1 + random.nextInt(2));
    }
}
