package profgen.syscall;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kernel that brought a call, so far as it matters today. */
public final class KernelHistory {
    /** The first kernel that ran on LoongArch at all. */
    private static final KernelVersion LOONGARCH = new KernelVersion(5, 19);

    private static final String ANY_ABI = "*";
    private static final Map<String, KernelVersion> SINCE = new HashMap<>();

    static {
        for (List<String> row : ResourceTable.rows("syscall/since.tsv", 3)) {
            SINCE.put(
                    key(row.get(1), row.get(0)),
                    KernelVersion.parseStrict(row.get(2)).orElseThrow());
        }
    }

    private KernelHistory() {}

    /** Empty for a call older than kernel 3.17, or one that the ABI does not have. */
    public static Optional<KernelVersion> since(Abi abi, String name) {
        if (SyscallTable.of(abi).number(name).isEmpty()) {
            return Optional.empty();
        }
        KernelVersion own = SINCE.get(key(abi.label(), name));
        KernelVersion since = own == null ? SINCE.get(key(ANY_ABI, name)) : own;
        if (abi == Abi.LOONGARCH64 && (since == null || !since.isAtLeast(LOONGARCH))) {
            return Optional.of(LOONGARCH);
        }
        return Optional.ofNullable(since);
    }

    private static String key(String abi, String name) {
        return abi + " " + name;
    }
}
