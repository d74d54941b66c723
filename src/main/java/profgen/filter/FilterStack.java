package profgen.filter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import profgen.syscall.Abi;
import profgen.syscall.SyscallTable;

/**
 * The programs that one process runs under. The kernel asks all of them and takes the strictest action; of equal actions the data of
 * the newest filter. Without a program everything is allowed.
 *
 * @param programs the newest first, as the kernel asks them
 */
public record FilterStack(List<BpfProgram> programs) implements Verdicts {
    /** SECCOMP_RET_ACTION_FULL. */
    private static final int ACTION = 0xFFFF0000;

    public FilterStack {
        programs = List.copyOf(programs);
    }

    @Override
    public Outcome outcome(Abi abi, int number, long... arguments) {
        SeccompData data = SeccompData.of(abi, number, arguments);
        int answer = Outcome.ALLOW.returnValue();
        for (BpfProgram program : programs) {
            answer = stricter(answer, program.run(data));
        }
        return Outcome.ofReturnValue(answer);
    }

    @Override
    public Map<Outcome, Region> regions(Abi abi, int number, Regions regions) {
        if (number > highest(abi) && computes()) {
            throw new Undecided("BPF program: it computes with the number of the call");
        }
        Map<Integer, Region> answers = Map.of(Outcome.ALLOW.returnValue(), regions.all());
        for (BpfProgram program : programs) {
            answers = stricter(answers, program.answers(abi, number, regions));
        }
        Map<Outcome, Region> outcomes = new LinkedHashMap<>();
        answers.forEach((answer, region) -> outcomes.merge(Outcome.ofReturnValue(answer), region, Region::or));
        return outcomes;
    }

    private static Map<Integer, Region> stricter(Map<Integer, Region> newer, Map<Integer, Region> older) {
        Map<Integer, Region> both = new LinkedHashMap<>();
        newer.forEach((first, here) -> older.forEach((second, there) -> {
            Region region = here.and(there);
            if (!region.isEmpty()) {
                both.merge(stricter(first, second), region, Region::or);
            }
        }));
        return both;
    }

    /** Signed, so that KILL_PROCESS with its highest bit is the strictest. */
    private static int stricter(int newer, int older) {
        return (older & ACTION) < (newer & ACTION) ? older : newer;
    }

    /** Up to the first number without a name each is looked at; above, only those that a program compares with. */
    private static int highest(Abi abi) {
        return SyscallTable.of(abi).names().lastKey() + 1;
    }

    private boolean computes() {
        return programs.stream().anyMatch(NumberUse::computes);
    }

    /** What any of the jumps compares with, as a number and, since it may be a size or a flag as well, not more than that. */
    @Override
    public Set<Integer> numbers(Abi abi) {
        int bit = abi == Abi.X32 ? Abi.X32_BIT : 0;
        Set<Integer> numbers = programs.stream()
                .flatMap(program -> program.instructions().stream())
                .filter(instruction -> instruction.family() == BpfInstruction.JUMP
                        && instruction.operation() != BpfInstruction.JUMP_ALWAYS)
                .map(instruction -> instruction.k() ^ bit)
                .filter(number -> number >= 0 && number < Abi.X32_BIT)
                .collect(Collectors.toCollection(TreeSet::new));
        if (computes()) {
            numbers.add(highest(abi) + 1);
        }
        return numbers;
    }
}
