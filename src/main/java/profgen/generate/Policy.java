package profgen.generate;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import profgen.profile.Action;
import profgen.profile.RuntimeFloor;
import profgen.syscall.Arch;
import profgen.syscall.KernelVersion;

/**
 * What a person decides about a profile, beside what was recorded.
 *
 * @param floors whose start-up the profile has to carry
 * @param noNewPrivileges the container runs with it, so that the floors shrink
 * @param implicit add the calls that a recording may miss
 * @param kernel that the profile is for; null: any, conditions by kernel stay in the profile
 * @param arches that the profile is for; empty: those of the recording
 * @param allow names that may be called as Docker's default allows them, with the reason (may be empty)
 * @param deny names that may not be called even if recorded
 * @param allowBeyond names that may be called although Docker's default denies them or asks for a capability
 */
public record Policy(
        Gates gates,
        Set<RuntimeFloor> floors,
        boolean noNewPrivileges,
        boolean implicit,
        DefaultAction defaultAction,
        @Nullable KernelVersion kernel,
        SortedSet<Arch> arches,
        SortedMap<String, String> allow,
        SortedMap<String, String> deny,
        SortedMap<String, String> allowBeyond) {
    public static final Policy DEFAULT = new Policy(
            Gates.DOCKER,
            EnumSet.of(RuntimeFloor.RUNC, RuntimeFloor.CRUN),
            false,
            true,
            DefaultAction.ERRNO,
            null,
            new TreeSet<>(),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>());

    public Policy {
        Set<RuntimeFloor> ordered = EnumSet.noneOf(RuntimeFloor.class);
        ordered.addAll(floors);
        floors = Collections.unmodifiableSet(ordered);
        arches = Collections.unmodifiableSortedSet(new TreeSet<>(arches));
        allow = copy(allow);
        deny = copy(deny);
        allowBeyond = copy(allowBeyond);
    }

    private static SortedMap<String, String> copy(Map<String, String> names) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(names));
    }

    /** What becomes of Docker's conditions by capability. */
    public enum Gates {
        /** They stay. */
        DOCKER,
        /** One is lifted where the call succeeded without the capability and a reviewed table says that the kernel's own check suffices. */
        OBSERVED
    }

    /** What answers a call that the profile does not name. */
    public enum DefaultAction {
        ERRNO(Action.ERRNO),
        /** Allows and logs: to find out for some time what is missing, not to protect. */
        LOG(Action.LOG),
        KILL(Action.KILL_PROCESS);

        private final Action action;

        DefaultAction(Action action) {
            this.action = action;
        }

        public Action action() {
            return action;
        }
    }
}
