package profgen.filter;

import java.util.Map;
import java.util.Set;
import profgen.syscall.Abi;
import profgen.syscall.SyscallTable;

/**
 * Mode 1 of seccomp(2), which no filter says: four calls, and a SIGKILL for the thread that makes another. A 32-bit call is compared with
 * the numbers of i386, also if it is one of x32, so that there every call kills.
 */
public enum StrictMode implements Verdicts {
    INSTANCE;

    private static final Set<String> NATIVE = Set.of("exit", "read", "rt_sigreturn", "write");
    private static final Set<String> COMPATIBLE = Set.of("exit", "read", "sigreturn", "write");

    @Override
    public Outcome outcome(Abi abi, int number, long... arguments) {
        Set<String> names = abi == Abi.I386 ? COMPATIBLE : NATIVE;
        boolean allowed = abi != Abi.X32
                && SyscallTable.of(abi).name(number).map(names::contains).orElse(false);
        return allowed ? Outcome.ALLOW : Outcome.KILL_THREAD;
    }

    @Override
    public Map<Outcome, Region> regions(Abi abi, int number, Regions regions) {
        return Map.of(outcome(abi, number), regions.all());
    }

    /** It kills as a filter cannot. */
    @Override
    public String inWords(Outcome outcome) {
        return outcome.equals(Outcome.KILL_THREAD) ? "kill the thread (SIGKILL)" : outcome.inWords();
    }

    @Override
    public Set<Integer> numbers(Abi abi) {
        return Set.of();
    }
}
