package profgen.profile;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import profgen.capability.Capability;
import profgen.syscall.ResourceTable;

/**
 * The capability whose lack is the usual reason for a call's EPERM.
 *
 * @param name of the call
 * @param source file and function of the kernel that asks for it
 */
public record CheckedCapability(String name, Capability capability, String source) {
    private static final Map<String, CheckedCapability> ALL = ResourceTable.rows("checked-capabilities.tsv", 3).stream()
            .map(row -> new CheckedCapability(
                    row.get(0), Capability.byName(row.get(1)).orElseThrow(), row.get(2)))
            .collect(Collectors.toUnmodifiableMap(CheckedCapability::name, Function.identity()));

    /** Empty if several are as likely, or none. */
    public static Optional<CheckedCapability> of(String name) {
        return Optional.ofNullable(ALL.get(name));
    }
}
