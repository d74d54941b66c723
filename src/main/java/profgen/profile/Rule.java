package profgen.profile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code syscalls}.
 *
 * @param errnoRet null when the file says nothing: EPERM (1)
 * @param errno the name of an error, which {@link ErrnoNames} says who reads; empty if there is none
 * @param args all must match; two tests of one index are taken as alternatives by libseccomp's callers, so never write that
 * @param comment empty if there is none
 */
public record Rule(
        List<String> names,
        Action action,
        @Nullable Integer errnoRet,
        String errno,
        List<ArgumentTest> args,
        Condition includes,
        Condition excludes,
        String comment) {
    public Rule {
        names = List.copyOf(names);
        args = List.copyOf(args);
    }

    /** Without the name of an error. */
    public Rule(
            List<String> names,
            Action action,
            @Nullable Integer errnoRet,
            List<ArgumentTest> args,
            Condition includes,
            Condition excludes,
            String comment) {
        this(names, action, errnoRet, "", args, includes, excludes, comment);
    }

    public static Rule allow(List<String> names, String comment) {
        return new Rule(names, Action.ALLOW, null, List.of(), Condition.NONE, Condition.NONE, comment);
    }

    public Rule withNames(List<String> others) {
        return new Rule(others, action, errnoRet, errno, args, includes, excludes, comment);
    }

    public Rule withComment(String text) {
        return new Rule(names, action, errnoRet, errno, args, includes, excludes, text);
    }

    public Rule withIncludes(Condition condition) {
        return new Rule(names, action, errnoRet, errno, args, condition, excludes, comment);
    }

    public Rule withExcludes(Condition condition) {
        return new Rule(names, action, errnoRet, errno, args, includes, condition, comment);
    }

    public Rule withArgs(List<ArgumentTest> tests) {
        return new Rule(names, action, errnoRet, errno, tests, includes, excludes, comment);
    }

    public Rule withErrnoRet(@Nullable Integer number) {
        return new Rule(names, action, number, errno, args, includes, excludes, comment);
    }

    /** For engines that read the number only. */
    public Rule withoutErrnoName() {
        return new Rule(names, action, errnoRet, args, includes, excludes, comment);
    }
}
