package profgen.verify;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import profgen.container.StopSignal;
import profgen.filter.Filter;
import profgen.filter.Resolver;
import profgen.profile.Profile;
import profgen.profile.RuntimeFloor;
import profgen.recording.Denial;
import profgen.syscall.Abi;
import profgen.syscall.SyscallTable;

/** Runs a workload under a profile, several times, and finds out what was refused where it does not work. */
public final class Verifier {
    private final Place place;
    private final Task task;
    private final Consumer<String> progress;
    private @Nullable Attempt unfiltered;

    /** @param progress told what is going on, in a few words */
    public Verifier(Place place, Task task, Consumer<String> progress) {
        this.place = place;
        this.task = task;
        this.progress = progress;
    }

    /** @throws CancellationException if the user asks for the end of it; nothing is left of what was started */
    public Verification verify(Profile profile) {
        List<Attempt> attempts = new ArrayList<>();
        Optional<String> failure = Optional.empty();
        List<String> remarks = new ArrayList<>();
        while (!task.command().isEmpty() && attempts.size() < task.runs() && failure.isEmpty()) {
            progress.accept("run " + (attempts.size() + 1) + " of " + task.runs());
            Attempt attempt = place.run(trial(profile));
            attempts.add(attempt);
            failure = task.problem(attempt).or(() -> stop(attempt, remarks));
        }
        List<Denial> denials = new ArrayList<>();
        attempts.forEach(attempt -> denials.addAll(attempt.denials()));
        SortedSet<String> floor = new TreeSet<>();
        if (failure.isPresent()) {
            explain(profile, denials, remarks);
            boolean started = attempts.get(attempts.size() - 1).end() != Attempt.End.NOT_STARTED;
            if (place.hasRuntime() && (!started || denials.isEmpty())) {
                floor.addAll(missingFloor(profile));
            }
        }
        return new Verification(attempts, failure, denied(profile, denials), floor, proofs(profile), remarks);
    }

    private List<DenyProof> proofs(Profile profile) {
        List<DenyProof> proofs = new ArrayList<>();
        DenyCheck check = new DenyCheck(place, profile, task.limit(), task.endWanted());
        for (AskedDenial asked : task.mustDeny()) {
            progress.accept("must deny " + asked.words());
            proofs.add(check.of(asked));
        }
        return proofs;
    }

    private Trial trial(@Nullable Profile profile) {
        return new Trial(task.command(), profile, task.limit(), task.course(), task.endWanted());
    }

    /** How it works where nothing is refused: found out once. */
    private Attempt unfiltered() {
        if (unfiltered == null) {
            progress.accept("once more without the profile");
            unfiltered = place.run(trial(null));
        }
        return unfiltered;
    }

    /** A service may end in its own way when it is stopped, but for a profile's sake not in another one. */
    private Optional<String> stop(Attempt attempt, List<String> remarks) {
        if (task.oracle().isCleanStop(attempt, task.course().stopSignal().orElse(StopSignal.TERM))) {
            return Optional.empty();
        }
        Attempt without = unfiltered();
        if (without.status() != attempt.status() || without.end() != Attempt.End.STOPPED) {
            return Optional.of(attempt.inWords() + "; without the profile it " + without.inWords());
        }
        String remark = "it " + attempt.inWords() + ", without the profile too";
        if (!remarks.contains(remark)) {
            remarks.add(remark);
        }
        return Optional.empty();
    }

    private void explain(Profile profile, List<Denial> denials, List<String> remarks) {
        Optional<Attempt> explanation = Optional.empty();
        if (denials.isEmpty()) {
            progress.accept("once more, to see what is refused");
            explanation = Optional.of(place.explain(trial(profile)));
            denials.addAll(explanation.get().denials());
        }
        if (!denials.isEmpty()) {
            return;
        }
        Optional<String> without = task.problem(unfiltered());
        if (without.isPresent()) {
            remarks.add("it does not work without the profile either: " + without.get());
            return;
        }
        remarks.add(
                explanation.isPresent() && task.problem(explanation.get()).isEmpty()
                        ? "the workload itself is refused nothing, and works under the filter alone"
                        : "the workload itself is refused nothing");
    }

    /** What a runtime calls under the filter before the workload is there. */
    private SortedSet<String> missingFloor(Profile profile) {
        Filter filter = Resolver.resolve(profile, place.host());
        Abi abi = place.host().arch().nativeAbi();
        SortedSet<String> missing = new TreeSet<>();
        for (String name : RuntimeFloor.names(List.of(floor()), place.noNewPrivileges())) {
            OptionalInt number = SyscallTable.of(abi).number(name);
            if (number.isPresent() && !filter.outcome(abi, number.getAsInt()).allows()) {
                missing.add(name);
            }
        }
        return missing;
    }

    private RuntimeFloor floor() {
        return place.host().engine().kind().usesRunc() ? RuntimeFloor.RUNC : RuntimeFloor.CRUN;
    }

    private List<DeniedCall> denied(Profile profile, Collection<Denial> denials) {
        Filter filter = Resolver.resolve(profile, place.host());
        Map<List<Object>, Denial> once = new LinkedHashMap<>();
        denials.forEach(denial -> once.putIfAbsent(List.of(denial.executable(), denial.id(), denial.answer()), denial));
        return once.values().stream()
                .map(denial -> DeniedCall.of(denial, filter))
                .toList();
    }
}
