package profgen.profile;

import java.util.Arrays;
import java.util.Optional;

/** What a filter answers. KILL is the old spelling of KILL_THREAD. */
public enum Action {
    ALLOW,
    LOG,
    NOTIFY,
    TRACE,
    ERRNO,
    TRAP,
    KILL_THREAD,
    KILL_PROCESS;

    /** As in a profile: {@code SCMP_ACT_ALLOW}. */
    public String scmpName() {
        return "SCMP_ACT_" + name();
    }

    public static Optional<Action> byScmpName(String name) {
        if (name.equals("SCMP_ACT_KILL")) {
            return Optional.of(KILL_THREAD);
        }
        return Arrays.stream(values())
                .filter(action -> action.scmpName().equals(name))
                .findFirst();
    }
}
