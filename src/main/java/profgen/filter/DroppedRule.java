package profgen.filter;

import java.util.List;
import profgen.profile.Rule;

/**
 * A rule of the profile that this host's filter does not hold.
 *
 * @param profileIndex in the profile's {@code syscalls}, from 0
 * @param detail what did not fit, e.g. the missing capability or the profile's lowest kernel
 */
public record DroppedRule(int profileIndex, List<String> names, Cause cause, String detail) {
    public DroppedRule {
        names = List.copyOf(names);
    }

    static DroppedRule of(int index, Rule rule, Cause cause, String detail) {
        return new DroppedRule(index, rule.names(), cause, detail);
    }

    /** {@code needs CAP_SYS_ADMIN, which the bounding set lacks}. */
    public String inWords() {
        return switch (cause) {
            case EXCLUDED_ARCH -> "excludes the architecture " + detail;
            case EXCLUDED_CAPABILITY -> "excludes " + detail + ", which is in the bounding set";
            case EXCLUDED_KERNEL -> "excludes kernels from " + detail;
            case OTHER_ARCH -> "only for the architectures " + detail;
            case MISSING_CAPABILITY -> "needs " + detail + ", which the bounding set lacks";
            case OLDER_KERNEL -> "needs kernel " + detail;
            case SAME_AS_DEFAULT -> "says the same as the default action: " + detail;
        };
    }

    /** In the order in which an engine asks. */
    public enum Cause {
        EXCLUDED_ARCH,
        EXCLUDED_CAPABILITY,
        EXCLUDED_KERNEL,
        OTHER_ARCH,
        MISSING_CAPABILITY,
        OLDER_KERNEL,
        /** A runtime skips such a rule, so an earlier rule for the name can not be overridden by it. */
        SAME_AS_DEFAULT
    }
}
