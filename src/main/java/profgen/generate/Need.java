package profgen.generate;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import profgen.syscall.Arch;

/**
 * A name that a profile should allow, and why.
 *
 * @param plain where its rule stands if it has no condition; says why the name is there
 * @param comment the same for a person, as the rule's comment
 * @param arches where it is needed
 * @param evidence null if it was not recorded
 * @param everyValue a policy asks for the name with every argument that Docker's default allows
 */
record Need(
        String name,
        RuleBook.Group plain,
        String comment,
        SortedSet<Arch> arches,
        @Nullable Evidence evidence,
        boolean everyValue) {
    Need {
        arches = Collections.unmodifiableSortedSet(new TreeSet<>(arches));
    }

    /** Needed for both reasons; the first one is told. */
    Need and(Need later) {
        SortedSet<Arch> both = new TreeSet<>(arches);
        both.addAll(later.arches);
        return new Need(name, plain, comment, both, evidence, everyValue || later.everyValue);
    }

    /** Only if there is no policy that asks for every value. */
    @Nullable
    Evidence limits() {
        return everyValue ? null : evidence;
    }
}
