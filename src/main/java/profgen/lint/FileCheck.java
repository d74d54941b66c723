package profgen.lint;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import profgen.filter.Engine;
import profgen.filter.Outcome;
import profgen.filter.RuntimeNames;
import profgen.profile.Action;
import profgen.profile.ErrnoNames;
import profgen.profile.Profile;
import profgen.profile.Rule;
import profgen.syscall.Errno;

/** The keys of the file itself, and actions that runtimes refuse. */
final class FileCheck implements Check {
    @Override
    public void examine(Subject subject, Scope scope, Consumer<Finding> findings) {
        Profile profile = subject.profile();
        if (profile.isUnconfined()) {
            findings.accept(Finding.of(LintRule.UNCONFINED, "", "the file turns seccomp off"));
            return;
        }
        defaultAction(profile.defaultAction(), findings);
        if (profile.defaultAction() == Action.ERRNO && Integer.valueOf(0).equals(profile.defaultErrnoRet())) {
            findings.accept(Finding.of(LintRule.ERRNO_ZERO, "defaultErrnoRet", "denied calls answer success"));
        }
        errnoName(profile.defaultErrno(), profile.defaultErrnoRet(), "defaultErrno", findings);
        defaultErrno(profile, scope, findings);
        flags(profile.flags(), scope, findings);
        List<Rule> rules = profile.syscalls();
        for (int i = 0; i < rules.size(); i++) {
            rule(rules.get(i), "syscalls[" + i + "]", findings);
        }
    }

    private static void defaultAction(@Nullable Action action, Consumer<Finding> findings) {
        if (action == null) {
            findings.accept(Finding.of(LintRule.NO_DEFAULT_ACTION, "", "no defaultAction"));
        } else if (action == Action.NOTIFY) {
            findings.accept(Finding.of(LintRule.NOTIFY_DEFAULT, "defaultAction", "SCMP_ACT_NOTIFY by default"));
        } else if (action == Action.ALLOW || action == Action.LOG) {
            findings.accept(Finding.of(LintRule.DEFAULT_ALLOWS, "defaultAction", action.scmpName() + " by default"));
        }
    }

    private static void defaultErrno(Profile profile, Scope scope, Consumer<Finding> findings) {
        boolean read = !scope.engines().isEmpty() && scope.engines().stream().allMatch(Engine::readsDefaultErrno);
        if (profile.defaultAction() == Action.ERRNO && Outcome.errnoOf(profile.defaultErrnoRet()) != 1 && !read) {
            findings.accept(Finding.of(
                            LintRule.DEFAULT_ERRNO_UNREAD,
                            "defaultErrnoRet",
                            "Docker 20.10 answers EPERM instead of "
                                    + Errno.name(Outcome.errnoOf(profile.defaultErrnoRet())))
                    .atLeast(scope.engines().isEmpty() ? Level.NOTE : Level.WARNING));
        }
    }

    private static void flags(@Nullable List<String> flags, Scope scope, Consumer<Finding> findings) {
        if (flags == null) {
            return;
        }
        if (flags.isEmpty()) {
            findings.accept(Finding.of(LintRule.EMPTY_FLAGS, "flags", "no flags at all"));
        }
        for (int i = 0; i < flags.size(); i++) {
            String flag = flags.get(i);
            if (scope.has(kind -> !RuntimeNames.isFlag(flag, kind.usesRunc()))) {
                String problem = RuntimeNames.isFlag(flag, false) ? ": unknown to runc" : ": unknown flag";
                findings.accept(Finding.of(LintRule.UNKNOWN_FLAG, "flags[" + i + "]", Finding.shown(flag) + problem));
            }
        }
    }

    private static void rule(Rule rule, String path, Consumer<Finding> findings) {
        if (rule.names().isEmpty()) {
            findings.accept(Finding.of(LintRule.EMPTY_RULE, path, "a rule without names"));
        }
        if (rule.action() == Action.NOTIFY && rule.names().contains("write")) {
            findings.accept(Finding.of(LintRule.NOTIFY_WRITE, path, "SCMP_ACT_NOTIFY for write"));
        }
        errnoName(rule.errno(), rule.errnoRet(), path + ".errno", findings);
        if (rule.action() == Action.ERRNO && Integer.valueOf(0).equals(rule.errnoRet())) {
            findings.accept(Finding.of(LintRule.ERRNO_ZERO, path + ".errnoRet", "denied calls answer success"));
        }
    }

    private static void errnoName(String name, @Nullable Integer number, String path, Consumer<Finding> findings) {
        OptionalInt meant = name.isEmpty() ? OptionalInt.empty() : ErrnoNames.number(name);
        boolean differs = number != null && !meant.equals(OptionalInt.of(number));
        if (!name.isEmpty() && (meant.isEmpty() || differs)) {
            findings.accept(Finding.of(
                    LintRule.ERRNO_NAME_DIFFERS,
                    path,
                    Finding.shown(name) + " beside the number " + Outcome.errnoOf(number)));
        }
    }
}
