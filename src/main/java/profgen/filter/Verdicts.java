package profgen.filter;

import java.util.Map;
import java.util.Set;
import profgen.syscall.Abi;

/** What a filter does with every call: the meaning of a profile, or of a program that a live process runs under. */
public interface Verdicts {
    /**
     * @param number of the call, without the x32 bit
     * @param arguments up to six, as seccomp sees them; missing ones are 0
     */
    Outcome outcome(Abi abi, int number, long... arguments);

    /**
     * The arguments that lead to each outcome: the regions do not overlap and together hold everything. An outcome that cannot
     * happen is absent.
     *
     * @throws Undecided when the work exceeds the budget of {@code regions}
     */
    Map<Outcome, Region> regions(Abi abi, int number, Regions regions);

    /** For people. */
    default String inWords(Outcome outcome) {
        return outcome.inWords();
    }

    /** Numbers of {@code abi}, without the x32 bit, that it asks for: beside the calls with a name, only these and their neighbours can stand out. */
    Set<Integer> numbers(Abi abi);
}
