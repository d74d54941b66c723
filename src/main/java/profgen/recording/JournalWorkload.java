package profgen.recording;

import java.util.function.BiConsumer;
import profgen.capability.CapabilitySet;

/** The line of a journal that tells the state of the main process at its start. */
final class JournalWorkload {
    private JournalWorkload() {}

    static Run.StartState read(JournalLine line, BiConsumer<String, String> remark) {
        JsonValue value = line.value();
        return new Run.StartState(
                value.get("uid").unsignedInt(),
                value.get("gid").unsignedInt(),
                value.get("groups").list(JsonValue::unsignedInt),
                set(line, "capBnd", remark),
                set(line, "capPrm", remark),
                set(line, "capEff", remark),
                set(line, "capInh", remark),
                set(line, "capAmb", remark),
                value.get("userNamespace").flag(),
                value.get("noNewPrivileges").flag(),
                value.get("seccomp").integer(0, 2),
                line.number("seccompFilters"));
    }

    private static CapabilitySet set(JournalLine line, String key, BiConsumer<String, String> remark) {
        long mask = line.mask(key);
        CapabilitySet set = CapabilitySet.fromMask(mask);
        long unknown = mask & ~set.mask();
        if (unknown != 0) {
            remark.accept(
                    Ledger.UNKNOWN_CAPABILITY,
                    key + " holds capabilities without a name: mask " + Long.toHexString(unknown));
        }
        return set;
    }
}
