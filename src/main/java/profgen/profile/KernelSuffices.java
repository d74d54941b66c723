package profgen.profile;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import profgen.capability.Capability;
import profgen.syscall.ResourceTable;

/**
 * A gated call that the kernel itself guards well enough, read in the kernel's source: the gate asks for a capability that
 * the kernel does not ask for.
 *
 * @param check what the kernel does instead, for a person
 * @param source file and function
 */
public record KernelSuffices(String name, Capability gate, String check, String source) {
    private static final Map<String, KernelSuffices> ALL = ResourceTable.rows("kernel-suffices.tsv", 4).stream()
            .map(row ->
                    new KernelSuffices(row.get(0), Capability.byName(row.get(1)).orElseThrow(), row.get(2), row.get(3)))
            .collect(Collectors.toUnmodifiableMap(KernelSuffices::name, Function.identity()));

    public static Optional<KernelSuffices> of(String name) {
        return Optional.ofNullable(ALL.get(name));
    }
}
