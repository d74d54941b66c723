package profgen.recording;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import profgen.capability.CapabilitySet;
import profgen.syscall.Arch;

/**
 * One run of a workload: what was run and where, what it did, how it ended, and what the recording cannot say.
 *
 * @param id 32 lower-case hexadecimal digits, made when the run starts
 * @param ledger what was lost or is doubtful; empty means that nothing is known to be missing
 * @param capabilityUses what the kernel asked for, by the executable and the call; null: the recorder did not see that
 * @param complete false if the recorder did not see the end of the run (killed) or lost something
 */
public record Run(
        String id,
        Provenance provenance,
        @Nullable StartState start,
        Outcome outcome,
        List<LedgerEntry> ledger,
        boolean complete,
        List<Call> calls,
        @Nullable List<CapabilityUse> capabilityUses) {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final Comparator<Call> ORDER = Comparator.comparing(Call::id).thenComparing(Call::executable);

    public Run {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("the run id is not 32 hexadecimal digits");
        }
        ledger = ledger.stream().distinct().sorted().toList();
        calls = calls.stream().sorted(ORDER).toList();
        capabilityUses = capabilityUses == null
                ? null
                : capabilityUses.stream().distinct().sorted().toList();
        for (int i = 1; i < calls.size(); i++) {
            if (ORDER.compare(calls.get(i - 1), calls.get(i)) == 0) {
                throw new IllegalArgumentException(
                        "one call of one executable twice: " + calls.get(i).id());
            }
        }
    }

    /** Of a recorder that sees no capabilities. */
    public Run(
            String id,
            Provenance provenance,
            @Nullable StartState start,
            Outcome outcome,
            List<LedgerEntry> ledger,
            boolean complete,
            List<Call> calls) {
        this(id, provenance, start, outcome, ledger, complete, calls, null);
    }

    /** Whether capabilityUses has all that the kernel was asked for. */
    public boolean sawAllCapabilities() {
        return complete
                && capabilityUses != null
                && ledger.stream().noneMatch(entry -> entry.kind().equals(Ledger.CAPABILITY_UNSEEN));
    }

    /** The same run, with other options of its engine and more in its ledger. */
    public Run with(List<String> options, List<LedgerEntry> more) {
        Provenance from = new Provenance(
                provenance.started,
                provenance.profgenVersion,
                provenance.backend,
                provenance.engine,
                options,
                provenance.arch,
                provenance.kernel,
                provenance.command);
        List<LedgerEntry> all = new ArrayList<>(ledger);
        all.addAll(more);
        return new Run(id, from, start, outcome, all, complete, calls, capabilityUses);
    }

    /** Its end was chosen, by the recorder's user, and says nothing of the workload. */
    public boolean endedOnPurpose() {
        boolean letGo = outcome.durationNs() != null && outcome.exitStatus() == null && outcome.signal() == null;
        return has(Ledger.STOPPED) || has(Ledger.KILLED) || (letGo && has(Ledger.ATTACHED));
    }

    /** Whether the ledger has an entry of that kind. */
    public boolean has(String kind) {
        return ledger.stream().anyMatch(entry -> entry.kind().equals(kind));
    }

    /**
     * Where the run comes from.
     *
     * @param started nanoseconds since the epoch
     * @param backend {@code ptrace}, ...
     * @param engine {@code sandbox}, {@code host}, {@code docker}, ...
     * @param options what was asked of the engine, as {@code key=value}, sorted, e.g. {@code network=host}
     * @param kernel as {@code uname -r}
     */
    public record Provenance(
            long started,
            String profgenVersion,
            String backend,
            String engine,
            List<String> options,
            Arch arch,
            String kernel,
            List<String> command) {
        public Provenance {
            options = options.stream().sorted().toList();
            command = List.copyOf(command);
        }
    }

    /**
     * The main process right after its first execve.
     *
     * @param uid unsigned 32 bit, as are gid and groups
     * @param seccompMode as {@code Seccomp:} of /proc/PID/status: 0 none, 1 strict, 2 filter
     */
    public record StartState(
            int uid,
            int gid,
            List<Integer> groups,
            CapabilitySet bounding,
            CapabilitySet permitted,
            CapabilitySet effective,
            CapabilitySet inheritable,
            CapabilitySet ambient,
            boolean userNamespace,
            boolean noNewPrivileges,
            int seccompMode,
            int seccompFilters) {
        public StartState {
            groups = List.copyOf(groups);
        }
    }

    /**
     * How the main process ended.
     *
     * @param durationNs null if the recorder did not see the end
     * @param exitStatus null if it was ended by a signal or its end was not seen
     * @param signal number, null if it exited or its end was not seen
     * @param processes how many processes there were in all; threads likewise; null if unknown
     */
    public record Outcome(
            @Nullable Long durationNs,
            @Nullable Integer exitStatus,
            @Nullable Integer signal,
            @Nullable Long processes,
            @Nullable Long threads) {
        /** The main process exited with status 0. */
        public boolean succeeded() {
            return exitStatus != null && exitStatus == 0;
        }
    }

    /**
     * A gap or a doubt.
     *
     * @param kind kebab-case, e.g. {@code filter-present}
     * @param detail one sentence for a person
     */
    public record LedgerEntry(String kind, String detail) implements Comparable<LedgerEntry> {
        @Override
        public int compareTo(LedgerEntry other) {
            return Comparator.comparing(LedgerEntry::kind)
                    .thenComparing(LedgerEntry::detail)
                    .compare(this, other);
        }
    }
}
