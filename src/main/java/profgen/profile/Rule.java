package profgen.profile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code syscalls}.
 *
 * @param errnoRet null when the file says nothing: EPERM (1)
 * @param args all must match; two tests of one index are taken as alternatives by libseccomp's callers, so never write that
 * @param comment empty if there is none
 */
public record Rule(
        List<String> names,
        Action action,
        @Nullable Integer errnoRet,
        List<ArgumentTest> args,
        Condition includes,
        Condition excludes,
        String comment) {
    public Rule {
        names = List.copyOf(names);
        args = List.copyOf(args);
    }

    public static Rule allow(List<String> names, String comment) {
        return new Rule(names, Action.ALLOW, null, List.of(), Condition.NONE, Condition.NONE, comment);
    }

    public Rule withNames(List<String> others) {
        return new Rule(others, action, errnoRet, args, includes, excludes, comment);
    }

    public Rule withComment(String text) {
        return new Rule(names, action, errnoRet, args, includes, excludes, text);
    }

    public Rule withIncludes(Condition condition) {
        return new Rule(names, action, errnoRet, args, condition, excludes, comment);
    }

    public Rule withExcludes(Condition condition) {
        return new Rule(names, action, errnoRet, args, includes, condition, comment);
    }

    public Rule withArgs(List<ArgumentTest> tests) {
        return new Rule(names, action, errnoRet, tests, includes, excludes, comment);
    }
}
