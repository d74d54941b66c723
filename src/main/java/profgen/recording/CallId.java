package profgen.recording;

import java.util.Comparator;
import java.util.Optional;
import profgen.syscall.Abi;

/**
 * A system call as the kernel sees it: a number in an ABI.
 *
 * @param abi the label of an {@link Abi}, or {@code unknown:0x...} with the audit architecture of one that has no table
 * @param number without x32's bit 30
 */
public record CallId(String abi, int number) implements Comparable<CallId> {
    private static final Comparator<CallId> ORDER =
            Comparator.comparing(CallId::abi).thenComparingInt(CallId::number);

    public Optional<Abi> knownAbi() {
        return Abi.byLabel(abi);
    }

    @Override
    public int compareTo(CallId other) {
        return ORDER.compare(this, other);
    }
}
