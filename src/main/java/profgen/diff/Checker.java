package profgen.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import profgen.filter.Filter;
import profgen.filter.Host;
import profgen.filter.Outcome;
import profgen.filter.Resolver;
import profgen.profile.ImplicitCall;
import profgen.profile.Profile;
import profgen.recording.Recording;
import profgen.recording.Run;
import profgen.syscall.Abi;
import profgen.syscall.SyscallTable;

/** Profile and recording: is every recorded call, with the recorded values of its arguments, allowed? */
public final class Checker {
    private Checker() {}

    /**
     * Each run is checked on its own host. A profile that the engine of one refuses is bad input.
     *
     * @param host changes what {@link RunHost} takes for it
     */
    public static CheckResult check(String name, Profile profile, Recording recording, UnaryOperator<Host> host) {
        SortedMap<String, Host> hosts = new TreeMap<>();
        SortedMap<String, List<Run>> runs = new TreeMap<>();
        for (Run run : recording.runs()) {
            Host own = host.apply(RunHost.of(run));
            hosts.put(RunHost.inWords(own), own);
            runs.computeIfAbsent(RunHost.inWords(own), key -> new ArrayList<>()).add(run);
        }
        List<Finding> findings = new ArrayList<>();
        List<String> notes = new ArrayList<>(notes(recording));
        int calls = 0;
        for (Map.Entry<String, Host> entry : hosts.entrySet()) {
            Filter filter = Resolver.resolve(profile, entry.getValue());
            filter.demandAccepted(name);
            List<Need> needs = Need.of(runs.getOrDefault(entry.getKey(), List.of()));
            calls += needs.size();
            findings.addAll(findings(filter, needs));
        }
        return new CheckResult(
                name,
                recording.runs().size(),
                calls,
                List.copyOf(hosts.keySet()),
                recording.isComplete(),
                findings,
                notes);
    }

    /** Of one host. */
    static List<Finding> findings(Filter filter, List<Need> needs) {
        List<Finding> findings = new ArrayList<>();
        needs.forEach(need -> findings.addAll(new NeedCheck(filter, need).findings()));
        findings.addAll(implicit(filter, needs));
        return findings;
    }

    private static List<String> notes(Recording recording) {
        List<String> notes = new ArrayList<>();
        recording.runs().stream()
                .filter(run -> !run.complete())
                .forEach(run -> notes.add("run " + run.id().substring(0, 8) + " is incomplete: calls may be missing"));
        if (recording.runs().isEmpty()) {
            notes.add("the recording has no runs");
        }
        return notes;
    }

    private static List<Finding> implicit(Filter filter, List<Need> needs) {
        Abi abi = filter.host().arch().nativeAbi();
        List<Finding> findings = new ArrayList<>();
        Set<String> recorded = Need.names(needs);
        for (ImplicitCall call : ImplicitCall.besides(recorded)) {
            SyscallTable.of(abi).number(call.name()).ifPresent(number -> {
                Outcome answer = filter.outcome(abi, number);
                if (!answer.allows() && !recorded.contains(call.name())) {
                    findings.add(new Finding(
                            Finding.Kind.IMPLICIT,
                            call.name(),
                            "",
                            answer.inWords(),
                            "not recorded, but " + call.reason(),
                            List.of(),
                            RunHost.inWords(filter.host()),
                            Witness.of(abi, number, new long[6]),
                            filter.decide(abi, number, new long[6]).rule()));
                }
            });
        }
        return findings;
    }
}
