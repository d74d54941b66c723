package profgen.report;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import profgen.BadInputException;
import profgen.recording.CallId;
import profgen.recording.Phase;
import profgen.recording.Total;
import profgen.syscall.Errno;
import profgen.syscall.SyscallTable;

/**
 * Which rows of a recording to show; an empty list lets all pass, several entries are alternatives.
 *
 * @param calls patterns of names; a call without a name goes by its number
 * @param executables patterns of paths
 * @param errnos error numbers
 * @param phases a call of a run that is not divided is in none
 */
public record ShowFilter(List<Glob> calls, List<Glob> executables, List<Integer> errnos, List<Phase> phases) {
    public static final ShowFilter ALL = new ShowFilter(List.of(), List.of(), List.of(), List.of());

    public ShowFilter {
        calls = List.copyOf(calls);
        executables = List.copyOf(executables);
        errnos = List.copyOf(errnos);
        phases = List.copyOf(phases);
    }

    /** Names that no architecture has are bad input: a misspelt one would silently show nothing. */
    public static ShowFilter of(List<String> calls, List<String> executables, List<String> errnos) {
        return new ShowFilter(
                calls.stream().map(ShowFilter::call).toList(),
                executables.stream().map(Glob::of).toList(),
                errnos.stream().map(ShowFilter::errno).toList(),
                List.of());
    }

    /** The same for these parts of a run only. */
    public ShowFilter in(List<Phase> only) {
        return new ShowFilter(calls, executables, errnos, only);
    }

    private static Glob call(String text) {
        Glob glob = Glob.of(text);
        if (glob.isPlain() && !text.matches("-?[0-9]+") && !SyscallTable.isKnown(text)) {
            List<String> nearest = SyscallTable.nearest(text);
            throw new BadInputException(
                    text + ": no system call has this name",
                    nearest.isEmpty() ? null : "did you mean " + String.join(" or ", nearest) + "?");
        }
        return glob;
    }

    private static int errno(String text) {
        OptionalInt number = text.matches("[0-9]{1,6}") ? OptionalInt.of(Integer.parseInt(text)) : Errno.number(text);
        return number.orElseThrow(
                () -> new BadInputException(text + ": no error has this name: expected e.g. EPERM, or its number"));
    }

    boolean passes(CallId id, String executable, Total total) {
        return (calls.isEmpty() || calls.stream().anyMatch(glob -> glob.matches(ShowReport.name(id))))
                && (executables.isEmpty() || executables.stream().anyMatch(glob -> glob.matchesPath(executable)))
                && (errnos.isEmpty() || gave(total.errnos()))
                && (phases.isEmpty()
                        || phases.stream().anyMatch(phase -> total.phases().contains(phase)));
    }

    private boolean gave(@Nullable Map<Integer, Long> seen) {
        return seen != null && errnos.stream().anyMatch(seen::containsKey);
    }
}
