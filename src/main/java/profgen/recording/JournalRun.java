package profgen.recording;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import profgen.capability.Capability;
import profgen.recording.Call.FirstSight;
import profgen.recording.Run.LedgerEntry;
import profgen.recording.Run.Outcome;
import profgen.syscall.Arch;

/** Takes a journal line by line and becomes a run. */
final class JournalRun {
    private static final String STRACE = "strace";
    /** Of these the workload is nobody's tracee, so that it can have tracers of its own. */
    private static final Set<String> NO_TRACERS = Set.of("ebpf", "notify");

    private static final Outcome UNKNOWN_END = new Outcome(null, null, null, null, null);

    private final JournalStart start;
    private final List<LedgerEntry> ledger = new ArrayList<>();
    private final Map<Integer, Executable> executables = new HashMap<>();
    private final Map<String, Map<CallId, CallTally>> tallies = new LinkedHashMap<>();
    private final Map<DenialKey, Denial> denials = new LinkedHashMap<>();
    private Run.@Nullable StartState workload;
    private Journal.@Nullable Failure failure;
    private @Nullable Outcome outcome;
    private Phase phase = Phase.ENTRY;
    private @Nullable List<CapabilityUse> capabilityUses;
    private List<Call> callsOfStrace = List.of();

    private record Executable(String path, FirstSight first) {}

    private record DenialKey(int executable, CallId id, int answer) {}

    JournalRun(JournalStart start) {
        this.start = start;
    }

    /** Complains as of bad input if the line cannot be used; what it says is then left out. */
    void accept(JournalLine line) {
        try {
            take(line);
        } catch (IllegalArgumentException e) {
            throw line.value().problem(String.valueOf(e.getMessage()));
        }
    }

    private void take(JournalLine line) {
        switch (line.type()) {
            case "note" -> remark(line.text("kind"), line.text("detail"));
            case "workload" -> workload = JournalWorkload.read(line, this::remark);
            case "exe" -> executables.put(line.number("id"), new Executable(line.text("path"), line.sight()));
            case "phase" -> phase = line.phase();
            case "call" -> call(line);
            case "call-phase" -> tally(line).seenIn(line.phase());
            case "args" -> arguments(line);
            case "args-many" -> tally(line).manyTuples();
            case "errno" -> tally(line).error(line.number("errno"));
            case "count" -> tally(line).counted(line.count("calls"), line.errnos(), line.flag("atLeast"));
            case "denied" -> denied(line);
            case "denied-count" ->
                denials.computeIfPresent(key(line), (key, denial) -> denial.counted(line.count("calls")));
            case "capabilities" -> capabilityUses = line.flag("observed") ? new ArrayList<>() : null;
            case "capability" -> capability(line);
            case "running" ->
                remark(
                        Ledger.STILL_RUNNING,
                        line.text("path") + " (process " + line.number("pid")
                                + ") was still running when the main process ended");
            case "progress" -> {}
            case "end" -> end(line);
            case "error" -> failed(line);
            default -> throw line.value().problem("unknown kind of line " + JsonValue.quoted(line.type()));
        }
    }

    void remark(String kind, String detail) {
        ledger.add(new LedgerEntry(kind, detail));
    }

    private void call(JournalLine line) {
        CallTally tally = tally(line, line.sight());
        line.value().find("phase").ifPresent(phase -> tally.seenIn(Phase.parse(phase)));
    }

    private void arguments(JournalLine line) {
        CallTally tally = tally(line);
        if (!tally.tuple(line.tuple())) {
            throw line.value().problem("values of other arguments than those that profgen watches");
        }
    }

    private static DenialKey key(JournalLine line) {
        return new DenialKey(line.number("exe"), line.callId(), (int) line.count("answer"));
    }

    private void denied(JournalLine line) {
        DenialKey key = key(line);
        String path = executable(line).path();
        List<Long> arguments = line.value().get("args").list(JsonValue::unsigned);
        Denial one = new Denial(path, key.id(), key.answer(), null, line.sight(), List.of(arguments), of(phase));
        denials.merge(key, one, Denial::with);
    }

    private static SortedSet<Phase> of(Phase phase) {
        return new TreeSet<>(Set.of(phase));
    }

    private void capability(JournalLine line) {
        List<CapabilityUse> uses = capabilityUses == null ? new ArrayList<>() : capabilityUses;
        int number = line.number("capability");
        capabilityUses = uses;
        Optional<Capability> capability = Capability.byNumber(number);
        if (capability.isEmpty()) {
            remark(Ledger.UNKNOWN_CAPABILITY, "the kernel asked for capability " + number + ", which has no name here");
            return;
        }
        uses.add(new CapabilityUse(
                capability.get(),
                line.flag("granted"),
                line.callId(),
                executable(line).path()));
    }

    private void end(JournalLine line) {
        JsonValue value = line.value();
        outcome = new Outcome(
                line.count("ns"),
                value.find("exited").map(status -> status.integer(0, 255)).orElse(null),
                value.find("signaled").map(signal -> signal.integer(1, 64)).orElse(null),
                line.count("processes"),
                line.count("threads"));
        long lost = line.count("lost");
        if (lost > 0) {
            remark(Ledger.LOST_EVENTS, lost + " lines or stops were lost by the recorder");
        }
    }

    private void failed(JournalLine line) {
        Journal.Failure last = new Journal.Failure(line.text("stage"), line.number("errno"), line.text("message"));
        failure = last;
        remark(Ledger.RECORDER_FAILED, last.stage() + ": " + last.message());
    }

    /** Whether the calls are in a log of strace, and not in the journal. */
    boolean isByStrace() {
        return start.provenance().backend().equals(STRACE);
    }

    /** The path of what the main process executed first, and when. */
    Optional<Map.Entry<String, FirstSight>> firstExecutable() {
        return executables.values().stream()
                .min(Comparator.comparingLong(one -> one.first().ns()))
                .map(one -> Map.entry(one.path(), one.first()));
    }

    Arch arch() {
        return start.provenance().arch();
    }

    void accept(StraceImport.Seen seen) {
        callsOfStrace = seen.calls();
        ledger.addAll(seen.ledger());
        if (outcome != null) {
            outcome = new Outcome(
                    outcome.durationNs(), outcome.exitStatus(), outcome.signal(), seen.processes(), seen.threads());
        }
    }

    private CallTally tally(JournalLine line) {
        return tally(line, null);
    }

    /** A call that was never announced (its line was damaged) counts as seen when its executable was. */
    private CallTally tally(JournalLine line, @Nullable FirstSight sight) {
        CallId id = line.callId();
        Executable executable = executable(line);
        FirstSight first = sight == null ? executable.first() : sight;
        CallTally tally = tallies.computeIfAbsent(executable.path(), path -> new LinkedHashMap<>())
                .computeIfAbsent(id, call -> new CallTally(executable.path(), call, first));
        if (sight != null) {
            tally.seen(sight);
        }
        return tally;
    }

    private Executable executable(JournalLine line) {
        Executable executable = executables.get(line.number("exe"));
        if (executable == null) {
            throw line.value().problem("executable " + line.number("exe") + " was never announced");
        }
        return executable;
    }

    /** A run that never came beyond its entry is not divided. */
    private static boolean isDivided(List<Call> calls) {
        return calls.stream().anyMatch(call -> call.phases().stream().anyMatch(phase -> phase != Phase.ENTRY));
    }

    Journal finish() {
        if (outcome == null) {
            remark(Ledger.NO_END, "the journal has no end: the recorder was killed or is still at work");
        }
        List<Call> all = Stream.concat(
                        callsOfStrace.stream(),
                        tallies.values().stream()
                                .flatMap(byId -> byId.values().stream())
                                .map(CallTally::call))
                .toList();
        boolean divided = isDivided(all);
        List<Call> calls =
                divided ? all : all.stream().map(call -> call.in(Set.of())).toList();
        List<Denial> refused = denials.values().stream()
                .map(denial -> divided ? denial : denial.in(Set.of()))
                .toList();
        ledger.addAll(CallRemarks.about(calls, ledger));
        if (!NO_TRACERS.contains(start.provenance().backend())) {
            ledger.addAll(CallRemarks.aboutTracees(calls));
        }
        boolean complete = ledger.stream().noneMatch(entry -> Ledger.isLoss(entry.kind()));
        Run run = new Run(
                start.id(),
                start.provenance(),
                workload,
                outcome == null ? UNKNOWN_END : outcome,
                ledger,
                complete,
                calls,
                capabilityUses);
        return new Journal(run, failure, refused);
    }
}
