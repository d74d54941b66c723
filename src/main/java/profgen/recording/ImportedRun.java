package profgen.recording;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import profgen.recording.Call.FirstSight;
import profgen.recording.Run.LedgerEntry;
import profgen.syscall.Arch;

/** A run that another program has seen, gathered from the lines of its log. */
final class ImportedRun {
    private static final int KEPT_TUPLES = 64;
    private static final int ID_BYTES = 16;
    private static final int SHOWN = 3;

    private record Key(String executable, CallId id) {}

    private final Map<Key, CallTally> tallies = new LinkedHashMap<>();
    private final Map<Key, Set<List<Long>>> tuples = new HashMap<>();
    private final List<LedgerEntry> ledger = new ArrayList<>();
    private final List<String> strange = new ArrayList<>();
    private final MessageDigest digest = sha256();
    private final boolean counts;
    private long strangeLines;

    /** @param counts whether each use of a call has a line */
    ImportedRun(boolean counts) {
        this.counts = counts;
    }

    /**
     * Where an imported run was made, which logs do not say.
     *
     * @param kernel as {@code uname -r}
     */
    record Origin(String profgenVersion, String backend, Arch arch, String kernel) {}

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every line, also those that say nothing: the same log has the same id. */
    void read(String line) {
        digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * One use of a call.
     *
     * @param errno 0 for none; null if it is not known
     * @param values of the watched arguments; null if they cannot be told
     */
    void call(String executable, CallId id, FirstSight sight, @Nullable Integer errno, @Nullable List<Long> values) {
        Key key = new Key(executable, id);
        CallTally tally = tallies.computeIfAbsent(key, none -> new CallTally(executable, id, sight));
        tally.seen(sight);
        SortedMap<Integer, Long> errors = new TreeMap<>();
        if (errno != null && errno > 0) {
            errors.put(errno, 1L);
        }
        if (counts) {
            tally.counted(1, errors, false);
        } else {
            errors.keySet().forEach(tally::error);
        }
        Set<List<Long>> kept = tuples.computeIfAbsent(key, none -> new HashSet<>());
        if (values == null || (kept.size() >= KEPT_TUPLES && !kept.contains(values))) {
            tally.manyTuples();
        } else if (!values.isEmpty() && kept.add(values)) {
            tally.tuple(values);
        }
    }

    void note(String kind, String detail) {
        ledger.add(new LedgerEntry(kind, detail));
    }

    /** A line that says something which is not understood: calls may be missing. */
    void notUnderstood(String place) {
        strangeLines++;
        if (strange.size() < SHOWN) {
            strange.add(place);
        }
    }

    boolean isEmpty() {
        return tallies.isEmpty();
    }

    List<Call> calls() {
        return tallies.values().stream().map(CallTally::call).toList();
    }

    /** All that was noted, how much was not understood, and what is not the machine's own. */
    List<LedgerEntry> ledger(Arch arch) {
        List<LedgerEntry> all = new ArrayList<>(ledger);
        if (strangeLines > 0) {
            String more = strangeLines > strange.size() ? " and " + (strangeLines - strange.size()) + " more" : "";
            all.add(new LedgerEntry(
                    Ledger.LINE_NOT_UNDERSTOOD, "not understood: " + String.join(", ", strange) + more));
        }
        tallies.keySet().stream()
                .map(key -> key.id().abi())
                .filter(abi -> !abi.equals(arch.nativeAbi().label()))
                .distinct()
                .forEach(abi -> all.add(new LedgerEntry(Ledger.FOREIGN_ABI, "calls of the ABI " + abi)));
        return all;
    }

    Run run(Origin origin, long started, List<String> command, Run.Outcome outcome) {
        List<Call> calls = calls();
        List<LedgerEntry> all = ledger(origin.arch());
        boolean complete = all.stream().noneMatch(entry -> Ledger.isLoss(entry.kind()));
        all.addAll(CallRemarks.about(calls, ledger));
        return new Run(
                HexFormat.of().formatHex(digest.digest(), 0, ID_BYTES),
                new Run.Provenance(
                        started,
                        origin.profgenVersion(),
                        origin.backend(),
                        "unknown",
                        Collections.emptyList(),
                        origin.arch(),
                        origin.kernel(),
                        command),
                null,
                outcome,
                all,
                complete,
                calls);
    }
}
