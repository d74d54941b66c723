package profgen.generate;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import profgen.capability.Capability;
import profgen.capability.CapabilitySet;
import profgen.profile.Profile;
import profgen.profile.ProfileWriter;

/**
 * A profile, and what has to be said about it.
 *
 * @param gates names that are allowed with a capability only, sorted
 * @param lifted names whose gate was lifted, sorted
 * @param leftOut what was recorded or asked for and is not allowed, sorted
 * @param remarks what else a person should know, one sentence each
 */
public record Generated(
        Profile profile,
        Counts counts,
        List<Gate> gates,
        List<String> lifted,
        List<LeftOut> leftOut,
        List<String> remarks) {
    public Generated {
        gates = List.copyOf(gates);
        lifted = List.copyOf(lifted);
        leftOut = List.copyOf(leftOut);
        remarks = List.copyOf(remarks);
    }

    /** The file, sealed. */
    public String text() {
        return ProfileSeal.seal(ProfileWriter.write(profile));
    }

    /** What {@code docker run --cap-add} needs so that no gate of a call that was recorded is closed, in the order of the numbers. */
    public CapabilitySet capAdd() {
        SortedSet<Capability> missing = new TreeSet<>();
        gates.stream().filter(Gate::needed).forEach(gate -> missing.add(gate.opener()));
        missing.removeAll(CapabilitySet.DOCKER_DEFAULT.asSet());
        return CapabilitySet.of(missing);
    }

    /**
     * How many names are allowed, each counted once: as seen if it was seen, else for the start-up of the runtime, else as implicit, else by policy.
     *
     * @param dockerAllows how many names of the same host's native ABI Docker's default allows unconditionally with its default capabilities
     */
    public record Counts(int seen, int floor, int implicit, int policy, int dockerAllows) {
        public int total() {
            return seen + floor + implicit + policy;
        }
    }

    /**
     * A name that is allowed with a capability only.
     *
     * @param alternatives any one of these sets opens it
     * @param opener the one capability to add: of several, the one that the recording had, else not the broadest
     * @param needed false if the recorded calls were refused (EPERM) anyway, or the name was not recorded
     * @param kernelSuffices the kernel itself does not ask for the capability in this use, says a reviewed table
     * @param liftable with {@link Policy.Gates#OBSERVED} it would be lifted
     */
    public record Gate(
            String name,
            List<CapabilitySet> alternatives,
            Capability opener,
            boolean needed,
            boolean kernelSuffices,
            boolean liftable) {
        public Gate {
            alternatives = List.copyOf(alternatives);
        }
    }

    /**
     * Something that was recorded or asked for and is not allowed.
     *
     * @param what a name, a name with a value, or a number without a name
     * @param why for a person
     * @param remedy the option that allows it; empty if none does
     */
    public record LeftOut(String what, Kind kind, String why, String remedy) {
        /** Why it is not allowed. */
        public enum Kind {
            /** Docker's default does not allow the name at all. */
            BEYOND,
            /** Docker's default allows the name, but not with this value. */
            BEYOND_VALUE,
            /** A policy denies it. */
            DENIED,
            /** A number that has no name, or an ABI that has no table: a profile knows names only. */
            UNNAMED,
            /** The architecture that the profile is for does not have it. */
            NOT_ON_ARCH
        }
    }
}
