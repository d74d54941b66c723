package profgen.recording;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import profgen.syscall.Abi;
import profgen.syscall.SyscallTable;

/**
 * A system call as the kernel sees it: a number in an ABI.
 *
 * @param abi the label of an {@link Abi}, or {@code unknown:0x...} with the audit architecture of one that has no table
 * @param number without x32's bit 30; negative ones can be asked for and are kept
 */
public record CallId(String abi, int number) implements Comparable<CallId> {
    private static final Pattern UNKNOWN_ABI = Pattern.compile("unknown:0x[0-9a-f]{1,8}");
    private static final Comparator<CallId> ORDER =
            Comparator.comparing(CallId::abi).thenComparingInt(CallId::number);

    public CallId {
        if (Abi.byLabel(abi).isEmpty() && !UNKNOWN_ABI.matcher(abi).matches()) {
            throw new IllegalArgumentException("no label of an ABI: " + JsonValue.quoted(abi));
        }
    }

    public Optional<Abi> knownAbi() {
        return Abi.byLabel(abi);
    }

    /** As in profgen's tables; empty if the number has no name there or the ABI has no table. */
    public Optional<String> name() {
        return knownAbi().flatMap(known -> SyscallTable.of(known).name(number));
    }

    /** Written out, as {@link #hashCode}: what a record gets made for these at run time shows at every start. */
    @Override
    public boolean equals(Object other) {
        return other instanceof CallId id && id.number == number && id.abi.equals(abi);
    }

    @Override
    public int hashCode() {
        return abi.hashCode() * 31 + number;
    }

    @Override
    public int compareTo(CallId other) {
        return ORDER.compare(this, other);
    }
}
