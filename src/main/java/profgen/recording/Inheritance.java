package profgen.recording;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import profgen.recording.Call.Arguments;
import profgen.syscall.Abi;
import profgen.syscall.Arch;
import profgen.syscall.WatchedArguments;

/** What a run takes from an earlier recording: calls that were let through unseen because that has them. */
public record Inheritance(List<Call> calls) {
    public Inheritance {
        calls = List.copyOf(calls);
    }

    /**
     * Those that succeeded, in ABIs that profgen knows, with the arguments that it watches today.
     *
     * @param arch on which it is to run: no call of another architecture is made there
     */
    public static Inheritance of(Recording base, Arch arch) {
        Map<Key, Call> calls = new LinkedHashMap<>();
        for (Run run : base.runs()) {
            for (Call call : run.calls()) {
                if (isLetThrough(call, arch)) {
                    calls.merge(new Key(call.executable(), call.id()), inherited(call), Inheritance::both);
                }
            }
        }
        return new Inheritance(List.copyOf(calls.values()));
    }

    private record Key(String executable, CallId id) {}

    private static boolean isLetThrough(Call call, Arch arch) {
        OptionalLong successes = call.successes();
        boolean succeeded = call.extent() == Extent.INHERITED || (successes.isPresent() && successes.getAsLong() > 0);
        List<Integer> watched = call.id().name().map(WatchedArguments::of).orElse(List.of());
        Arguments arguments = call.arguments();
        return succeeded
                && Abi.byLabel(call.id().abi())
                        .filter(abi -> abi.arch() == arch)
                        .isPresent()
                && (arguments == null || arguments.indexes().equals(watched));
    }

    private static Call inherited(Call call) {
        return new Call(
                call.executable(),
                call.id(),
                null,
                null,
                call.first(),
                call.arguments(),
                new TreeSet<>(),
                Extent.INHERITED);
    }

    private static Call both(Call a, Call b) {
        return with(a, b.arguments(), a.extent());
    }

    private static Call with(Call call, @Nullable Arguments more, Extent extent) {
        SortedSet<Phase> phases = call.phases();
        return new Call(
                call.executable(),
                call.id(),
                call.count(),
                call.errnos(),
                call.first(),
                union(call.arguments(), more),
                phases,
                extent);
    }

    private static @Nullable Arguments union(@Nullable Arguments a, @Nullable Arguments b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        List<List<Long>> tuples = new ArrayList<>(a.tuples());
        tuples.addAll(b.tuples());
        return new Arguments(a.indexes(), tuples, a.many() || b.many());
    }

    /** For profgen-tracer: ABI, number and the values of a tuple on a line. */
    public String lines() {
        StringBuilder out = new StringBuilder();
        for (Call call : calls) {
            String head = call.id().abi() + " " + call.id().number();
            out.append(head).append('\n');
            Arguments arguments = call.arguments();
            if (arguments != null) {
                arguments.tuples().forEach(tuple -> {
                    out.append(head);
                    tuple.forEach(value -> out.append(' ').append(Long.toUnsignedString(value)));
                    out.append('\n');
                });
                out.append(arguments.many() ? head + " *\n" : "");
            }
        }
        return out.toString();
    }

    /** The run with what it may have done unseen. */
    public Run into(Run run) {
        Map<Key, Call> all = new LinkedHashMap<>();
        run.calls().forEach(call -> all.put(new Key(call.executable(), call.id()), call));
        calls.forEach(call -> all.merge(
                new Key(call.executable(), call.id()),
                call,
                (seen, before) -> with(seen, before.arguments(), Extent.AT_LEAST)));
        return new Run(
                run.id(),
                run.provenance(),
                run.start(),
                run.outcome(),
                run.ledger(),
                run.complete(),
                List.copyOf(all.values()));
    }
}
