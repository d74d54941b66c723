package profgen.diff;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A recorded call that a profile does not simply allow.
 *
 * @param call {@code mount}, {@code i386 socketcall}, {@code x86_64 500}
 * @param arguments the recorded ones that it is about, as a call; empty if it is about all
 * @param answer what the profile does, in words
 * @param why the rule, or what is not known
 * @param executables that made the call
 * @param host on which it is so, in words
 * @param callSeen null for a call of an ABI that profgen has no table for
 * @param rule of the profile that it is about, from 0; empty where none names the call
 */
public record Finding(
        Kind kind,
        String call,
        String arguments,
        String answer,
        String why,
        List<String> executables,
        String host,
        @Nullable Witness callSeen,
        OptionalInt rule)
        implements Comparable<Finding> {
    private static final Comparator<Finding> ORDER = Comparator.comparing(Finding::kind)
            .thenComparing(Finding::host)
            .thenComparing(Finding::call)
            .thenComparing(Finding::arguments)
            .thenComparing(Finding::answer)
            .thenComparing(Finding::why);

    /** What follows from it for the answer. */
    public enum Kind {
        /** The answer is no. */
        DENIED("denied"),
        /** Neither yes nor no follows from what was recorded. */
        UNDECIDED("undecided"),
        /** Denied so that the library takes another call, which is allowed. */
        FALLBACK("falls-back"),
        /** Not recorded, and yet a workload may need it. */
        IMPLICIT("implicit");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }

        /** For the reader's information only. */
        public boolean isNote() {
            return this == FALLBACK || this == IMPLICIT;
        }
    }

    public Finding {
        executables = List.copyOf(executables);
    }

    /** Where in the profile's file it is seen. */
    public String path(ProfileText text) {
        return callSeen == null ? text.ofAbis() : text.ofCall(callSeen.call(), rule);
    }

    /** {@code mount: errno 1 (EPERM): the default action}. */
    public String inWords() {
        String by = executables.isEmpty() ? "" : " (by " + String.join(", ", executables) + ")";
        return (arguments.isEmpty() ? call : arguments) + ": " + answer + by + ": " + why;
    }

    @Override
    public int compareTo(Finding other) {
        return ORDER.compare(this, other);
    }
}
