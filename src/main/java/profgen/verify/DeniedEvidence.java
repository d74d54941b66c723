package profgen.verify;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import profgen.capability.CapabilitySet;
import profgen.filter.Host;
import profgen.recording.Call;
import profgen.recording.CallId;
import profgen.recording.Denial;
import profgen.recording.Recording;
import profgen.recording.Run;
import profgen.syscall.WatchedArguments;

/** What was refused, as a recording of nothing else: for the generator. */
final class DeniedEvidence {
    /** The recorder keeps no more sets of arguments. */
    private static final int SETS = 8;

    private DeniedEvidence() {}

    static Recording of(Collection<Denial> denials, Host host, List<String> command) {
        Map<CallId, Map<String, Call>> calls = new TreeMap<>();
        for (Denial denial : denials) {
            calls.computeIfAbsent(denial.id(), id -> new TreeMap<>()).putIfAbsent(denial.executable(), call(denial));
        }
        Run run = new Run(
                "0".repeat(32),
                new Run.Provenance(
                        0,
                        "",
                        "ptrace",
                        "",
                        List.of(),
                        host.arch(),
                        host.kernel().toString(),
                        command),
                start(host),
                new Run.Outcome(null, null, null, null, null),
                List.of(),
                true,
                calls.values().stream().flatMap(one -> one.values().stream()).toList());
        return new Recording(List.of(run));
    }

    /** How often and with which result it would have been made is not known: it was refused. */
    private static Call call(Denial denial) {
        return new Call(denial.executable(), denial.id(), null, null, denial.first(), arguments(denial));
    }

    private static Call.@Nullable Arguments arguments(Denial denial) {
        String name = denial.id().name().orElse("");
        List<Integer> indexes = WatchedArguments.of(name);
        boolean inMemory = name.equals("clone3") || name.equals("socketcall");
        if (indexes.isEmpty() || inMemory) {
            return null;
        }
        List<List<Long>> tuples = denial.arguments().stream()
                .map(six -> indexes.stream().map(six::get).toList())
                .toList();
        return new Call.Arguments(indexes, tuples, denial.arguments().size() >= SETS);
    }

    private static Run.StartState start(Host host) {
        return new Run.StartState(
                0,
                0,
                List.of(),
                host.bounding(),
                host.bounding(),
                host.bounding(),
                CapabilitySet.NONE,
                CapabilitySet.NONE,
                false,
                false,
                0,
                0);
    }
}
