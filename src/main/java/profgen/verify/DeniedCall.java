package profgen.verify;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import profgen.filter.Decision;
import profgen.filter.Filter;
import profgen.filter.Outcome;
import profgen.recording.Denial;
import profgen.syscall.Abi;
import profgen.syscall.ArgumentWidths;
import profgen.syscall.Symbols;
import profgen.syscall.WatchedArguments;

/**
 * A call that was refused, and why.
 *
 * @param decision about the first of its sets of arguments; empty for a call of an ABI that has no table
 */
public record DeniedCall(Denial denial, Optional<Decision> decision) {
    private static final int MOST_SETS = 3;
    /** Its flags are in memory: recordings have them in the place of the pointer, a refusal has the pointer. */
    private static final String CLONE3 = "clone3";

    static DeniedCall of(Denial denial, Filter filter) {
        Optional<Decision> decision = denial.id()
                .knownAbi()
                .map(abi -> filter.decide(
                        abi, denial.id().number(), array(denial.arguments().get(0))));
        return new DeniedCall(denial, decision);
    }

    private static long[] array(List<Long> arguments) {
        return arguments.stream().mapToLong(Long::longValue).toArray();
    }

    /** The call's name, or its number; with the ABI if it is not the architecture's own. */
    public String name() {
        String name = denial.id().name().orElse(Integer.toString(denial.id().number()));
        boolean isNative = denial.id().knownAbi().map(Abi::isNative).orElse(false);
        return isNative ? name : denial.id().abi() + " " + name;
    }

    /**
     * {@code socket(AF_VSOCK, SOCK_STREAM, 0)}: the arguments that the call takes, by name where they have one. More sets of them follow
     * if they differ in what a rule could look at.
     */
    public String inWords() {
        String call = denial.id().name().orElse("");
        List<Integer> watched = call.equals(CLONE3) ? List.of() : WatchedArguments.of(call);
        Map<List<Long>, String> distinct = new LinkedHashMap<>();
        denial.arguments()
                .forEach(six ->
                        distinct.putIfAbsent(watched.stream().map(six::get).toList(), name() + words(six)));
        String shown = distinct.values().stream().limit(MOST_SETS).collect(Collectors.joining(", "));
        return distinct.size() > MOST_SETS ? shown + ", ..." : shown;
    }

    private String words(List<Long> six) {
        String call = denial.id().name().orElse("");
        int count = call.isEmpty() ? 6 : ArgumentWidths.count(call);
        List<Integer> indexes = IntStream.range(0, count).boxed().toList();
        return Symbols.render(call.equals(CLONE3) ? "" : call, indexes, six.subList(0, count)).stream()
                .collect(Collectors.joining(", ", "(", ")"));
    }

    public Outcome outcome() {
        return Outcome.ofReturnValue(denial.answer());
    }

    /** What decides, and why the rules that name the call do not. */
    public String why() {
        return decision.map(made -> made.ruling().inWords()
                        + made.passed().stream()
                                .map(rule -> "; rule " + rule.profileIndex() + " " + rule.why())
                                .collect(Collectors.joining()))
                .orElse("the profile does not open the ABI " + denial.id().abi());
    }
}
