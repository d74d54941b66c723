package profgen.filter;

import java.util.EnumMap;
import java.util.Map;
import profgen.profile.Action;
import profgen.syscall.Abi;

/**
 * The highest number that the kept rules name, for each opened ABI: runc answers ENOSYS above it, before the filter is asked,
 * so that programs of a newer libc fall back. Rules that say the same as the default count. Not made when the default is to allow, log
 * or trace, nor where nothing above number 0 is named.
 */
final class Highest {
    private Highest() {}

    static Map<Abi, Integer> named(Resolved resolved) {
        Map<Abi, Integer> highest = new EnumMap<>(Abi.class);
        Action action = resolved.defaultOutcome().action();
        boolean listed = !resolved.architectures().isEmpty();
        if (action == Action.ALLOW
                || action == Action.LOG
                || action == Action.TRACE
                || !resolved.host().engine().answersEnosysAboveHighest(listed)) {
            return highest;
        }
        for (Abi abi : resolved.abis()) {
            int last = resolved.highest(abi);
            if (last > 0) {
                highest.put(abi, last);
            }
        }
        return highest;
    }
}
