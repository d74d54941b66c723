package profgen.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import profgen.profile.RuntimeFloor;
import profgen.recording.Recording;
import profgen.recording.Run;
import profgen.syscall.Arch;
import profgen.syscall.KernelHistory;
import profgen.syscall.KernelVersion;

/** What a person should know about a profile beside its rules: what it rests on, and what it opens. */
final class Remarks {
    private final Recording recording;
    private final Policy policy;
    private final Target target;
    private final SortedMap<String, Need> needs;
    private final List<String> remarks = new ArrayList<>();

    Remarks(Recording recording, Policy policy, Target target, SortedMap<String, Need> needs) {
        this.recording = recording;
        this.policy = policy;
        this.target = target;
        this.needs = needs;
    }

    List<String> all() {
        runs();
        architectures();
        kernel();
        if (needs.containsKey("io_uring_setup")) {
            remarks.add("io_uring was set up: its operations are not system calls, so that the recording does not show"
                    + " all that the workload does");
        }
        if (policy.defaultAction() == Policy.DefaultAction.LOG) {
            remarks.add("--default-action log allows what the profile does not name, and logs it: to find out what is"
                    + " missing, not to protect");
        }
        for (String name : RuntimeFloor.names(policy.floors(), policy.noNewPrivileges())) {
            if (policy.deny().containsKey(name)) {
                remarks.add(name + " is denied by policy, but the start of the container needs it");
            }
        }
        return remarks;
    }

    private void runs() {
        for (Run run : recording.runs()) {
            Run.Outcome outcome = run.outcome();
            if (run.endedOnPurpose()) {
                continue;
            }
            if (outcome.exitStatus() != null && !outcome.succeeded()) {
                remarks.add("the recording is of a failed run (exit status " + outcome.exitStatus()
                        + "): what the workload does when it succeeds may be missing");
            } else if (outcome.signal() != null) {
                remarks.add("the recording is of a run that signal " + outcome.signal()
                        + " ended: what would have come after is missing");
            }
        }
        if (!recording.isComplete()) {
            remarks.add("the recording is incomplete: calls may be missing");
        }
    }

    private void architectures() {
        target.foreign()
                .forEach(abi -> remarks.add(abi.label() + " calls were recorded: the profile opens every name that it"
                        + " allows in that ABI too"));
        if (needs.containsKey("socketcall")) {
            remarks.add("socketcall was recorded: i386 programs reach every socket call through it, whatever the"
                    + " rule for socket says");
        }
        SortedSet<Arch> recorded = new TreeSet<>();
        recording.runs().forEach(run -> recorded.add(run.provenance().arch()));
        for (Arch arch : target.arches()) {
            if (!recorded.contains(arch)) {
                remarks.add("nothing was recorded on " + arch.unameMachine()
                        + ": its names are taken over by tables; record or verify there before you rely on it");
            }
        }
        boolean conditional = needs.values().stream()
                .anyMatch(need -> !target.onlyOn(need.name(), need.arches()).isEmpty());
        if (conditional && target.arches().contains(Arch.LOONGARCH64)) {
            remarks.add("rules with a condition by architecture need a Docker later than 28.5 on loongarch64");
        }
    }

    private void kernel() {
        KernelVersion kernel = target.kernel();
        if (kernel == null) {
            return;
        }
        for (Need need : needs.values()) {
            Optional<KernelVersion> since = need.arches().stream()
                    .flatMap(arch -> KernelHistory.since(arch.nativeAbi(), need.name()).stream())
                    .findFirst();
            if (need.plain() == RuleBook.Group.SEEN && since.isPresent() && !kernel.isAtLeast(since.get())) {
                remarks.add(need.name() + " came with kernel " + since.get() + ": on kernel " + kernel
                        + " the workload makes other calls, which were not recorded");
            }
        }
    }
}
