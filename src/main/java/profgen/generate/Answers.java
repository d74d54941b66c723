package profgen.generate;

import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import profgen.profile.Action;
import profgen.profile.Condition;
import profgen.profile.EnosysCalls;
import profgen.profile.Rule;
import profgen.profile.RuntimeFloor;
import profgen.syscall.Arch;
import profgen.syscall.SyscallTable;

/** The answers to calls that are not allowed, where the default would be the wrong one or a policy asks for it. */
final class Answers {
    private static final int EPERM = 1;

    private final RuleBook book;
    private final Policy policy;
    private final Target target;

    Answers(RuleBook book, Policy policy, Target target) {
        this.book = book;
        this.policy = policy;
        this.target = target;
    }

    /** @param beyond recorded names that Docker's default denies */
    void add(Set<String> beyond) {
        policy.deny().forEach((name, reason) -> {
            if (!name.equals(CloneRules.CLONE3)) {
                int errno = EnosysCalls.names().contains(name) ? EnosysCalls.ENOSYS : EPERM;
                answer(name, errno, denied(reason));
            }
        });
        for (String name : beyond) {
            answer(
                    name,
                    EnosysCalls.ENOSYS,
                    "wanted, but Docker's default denies it: answered as by a kernel without it");
        }
        for (String name : probed()) {
            answer(name, EnosysCalls.ENOSYS, "not seen, but libraries try it: after ENOSYS they do without");
        }
    }

    static String denied(String reason) {
        return reason.isEmpty() ? "denied by policy" : "denied by policy: " + reason;
    }

    private void answer(String name, int errno, String comment) {
        if (!target.having(name).isEmpty()) {
            book.add(
                    RuleBook.Group.ANSWER,
                    new Rule(List.of(name), Action.ERRNO, errno, List.of(), Condition.NONE, Condition.NONE, comment));
        }
    }

    /**
     * Calls that libraries try and do without. runc answers ENOSYS itself for numbers above the highest that the profile
     * names, crun and a default that kills never; a default that logs allows them.
     */
    private SortedSet<String> probed() {
        Set<String> named = book.named();
        SortedSet<String> probed = new TreeSet<>(EnosysCalls.names());
        probed.removeAll(named);
        if (policy.defaultAction() == Policy.DefaultAction.LOG) {
            probed.clear();
        }
        boolean runcOnly = policy.defaultAction() == Policy.DefaultAction.ERRNO
                && policy.floors().stream()
                        .anyMatch(
                                floor -> floor.runtime().filter("runc"::equals).isPresent())
                && !policy.floors().contains(RuntimeFloor.CRUN);
        if (runcOnly) {
            probed.removeIf(name -> target.arches().stream().noneMatch(arch -> isBelowHighest(arch, name, named)));
        }
        return probed;
    }

    private static boolean isBelowHighest(Arch arch, String name, Set<String> named) {
        SyscallTable table = SyscallTable.of(arch.nativeAbi());
        int highest = named.stream()
                .mapToInt(other -> table.number(other).orElse(-1))
                .max()
                .orElse(-1);
        return table.number(name).isPresent() && table.number(name).getAsInt() < highest;
    }
}
