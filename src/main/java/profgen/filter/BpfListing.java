package profgen.filter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import profgen.syscall.Abi;
import profgen.syscall.SyscallTable;

/**
 * A program in words: one instruction a line with its number, by which jumps name their targets. A is the accumulator, X the index
 * register, M the memory. Numbers of calls and architectures are named where every way to the instruction has loaded the same.
 */
public final class BpfListing {
    private static final String[] OPERATORS = {"+", "-", "*", "/", "|", "&", "<<", ">>", "-", "%", "^"};
    private static final int NEGATE = 0x80;
    private static final int NUMBER = 0;
    private static final int ARCHITECTURE = 4;
    private static final int ARGUMENTS = 16;
    private static final int NOTHING = -1;

    private final List<BpfInstruction> instructions;
    private final List<@Nullable State> states;

    private BpfListing(BpfProgram program) {
        this.instructions = program.instructions();
        this.states = new ArrayList<>(Arrays.asList(new State[instructions.size()]));
    }

    /**
     * What is known before an instruction.
     *
     * @param loaded offset in struct seccomp_data of what A holds, or {@link #NOTHING}
     * @param arch that the call is known to be of; 0 for unknown
     */
    private record State(int loaded, int arch) {
        State merge(@Nullable State other) {
            if (other == null) {
                return this;
            }
            return new State(other.loaded == loaded ? loaded : NOTHING, other.arch == arch ? arch : 0);
        }
    }

    /** Every line ends with a newline. */
    public static String of(BpfProgram program) {
        return new BpfListing(program).text();
    }

    private String text() {
        int width = String.valueOf(instructions.size() - 1).length();
        StringBuilder out = new StringBuilder();
        reach(0, new State(NOTHING, 0));
        for (int at = 0; at < instructions.size(); at++) {
            State state = states.get(at);
            String words = words(at, instructions.get(at), state == null ? new State(NOTHING, 0) : state);
            out.append(String.format(Locale.ROOT, "%" + width + "d  %s\n", at, words));
        }
        return out.toString();
    }

    private void reach(int at, State state) {
        states.set(at, state.merge(states.get(at)));
    }

    private String words(int at, BpfInstruction instruction, State state) {
        int k = instruction.k();
        switch (instruction.family()) {
            case BpfInstruction.RETURN -> {
                boolean fixed = (instruction.code() & 0x18) != BpfInstruction.RETURN_A;
                return "return " + (fixed ? Outcome.ofReturnValue(k).inWords() : "A");
            }
            case BpfInstruction.JUMP -> {
                return jump(at, instruction, state);
            }
            case BpfInstruction.LOAD -> {
                boolean data = instruction.mode() == BpfInstruction.MODE_ABSOLUTE;
                reach(at + 1, new State(data ? k : NOTHING, state.arch));
                return "A = " + source(instruction);
            }
            case BpfInstruction.ALU -> {
                /* Of a masked argument the position is still of use. */
                boolean masked = instruction.operation() == BpfInstruction.AND && state.loaded >= ARGUMENTS;
                reach(at + 1, masked ? state : new State(NOTHING, state.arch));
                return arithmetic(instruction);
            }
            default -> {
                boolean keeps =
                        instruction.family() != BpfInstruction.MISC || (instruction.code() & BpfInstruction.TO_A) == 0;
                reach(at + 1, keeps ? state : new State(NOTHING, state.arch));
                return other(instruction);
            }
        }
    }

    private static String source(BpfInstruction instruction) {
        int k = instruction.k();
        return switch (instruction.mode()) {
            case BpfInstruction.MODE_ABSOLUTE -> field(k);
            case BpfInstruction.MODE_MEMORY -> "M[" + k + "]";
            case BpfInstruction.MODE_LENGTH -> String.valueOf(SeccompData.SIZE);
            default -> hex(k);
        };
    }

    private static String field(int offset) {
        String half = offset % 8 == 0 ? ", lower half" : ", upper half";
        return switch (offset) {
            case NUMBER -> "number";
            case ARCHITECTURE -> "architecture";
            case 8, 12 -> "instruction pointer" + half;
            default -> "argument " + (offset - ARGUMENTS) / 8 + half;
        };
    }

    private static String arithmetic(BpfInstruction instruction) {
        int operation = instruction.operation();
        if (operation == NEGATE) {
            return "A = -A";
        }
        return "A " + OPERATORS[operation >>> 4] + "= " + operand(instruction);
    }

    private static String operand(BpfInstruction instruction) {
        return instruction.usesIndex() ? "X" : hex(instruction.k());
    }

    private static String other(BpfInstruction instruction) {
        return switch (instruction.family()) {
            case BpfInstruction.LOAD_INDEX -> "X = " + source(instruction);
            case BpfInstruction.STORE -> "M[" + instruction.k() + "] = A";
            case BpfInstruction.STORE_INDEX -> "M[" + instruction.k() + "] = X";
            default -> (instruction.code() & BpfInstruction.TO_A) == 0 ? "X = A" : "A = X";
        };
    }

    private String jump(int at, BpfInstruction instruction, State state) {
        if (instruction.operation() == BpfInstruction.JUMP_ALWAYS) {
            reach(at + 1 + instruction.k(), state);
            return "goto " + (at + 1 + instruction.k());
        }
        boolean equal = instruction.operation() == BpfInstruction.JUMP_EQUAL;
        boolean known = equal && !instruction.usesIndex() && state.loaded == ARCHITECTURE;
        reach(at + 1 + instruction.jumpTrue(), known ? new State(state.loaded, instruction.k()) : state);
        reach(at + 1 + instruction.jumpFalse(), state);
        return "if A " + comparison(instruction) + name(instruction, state)
                + (instruction.jumpTrue() == 0 ? "" : " goto " + (at + 1 + instruction.jumpTrue()))
                + (instruction.jumpFalse() == 0 ? "" : " else " + (at + 1 + instruction.jumpFalse()));
    }

    private static String comparison(BpfInstruction instruction) {
        String operator = switch (instruction.operation()) {
            case BpfInstruction.JUMP_EQUAL -> "== ";
            case BpfInstruction.JUMP_GREATER -> "> ";
            case BpfInstruction.JUMP_GREATER_EQUAL -> ">= ";
            default -> "& ";
        };
        return operator + operand(instruction);
    }

    private static String name(BpfInstruction instruction, State state) {
        boolean bits = instruction.operation() == BpfInstruction.JUMP_SET;
        if (instruction.usesIndex() || bits) {
            return "";
        }
        Optional<String> name = switch (state.loaded) {
            case ARCHITECTURE -> abi(instruction.k()).map(Abi::label);
            case NUMBER ->
                instruction.k() == Abi.X32_BIT && instruction.operation() != BpfInstruction.JUMP_EQUAL
                        ? Optional.empty()
                        : call(state.arch, instruction.k());
            default -> Optional.empty();
        };
        return name.map(text -> " (" + text + ")").orElse("");
    }

    /** x32 shares the architecture of x86_64. */
    private static Optional<Abi> abi(int arch) {
        return Arrays.stream(Abi.values())
                .filter(abi -> abi != Abi.X32 && abi.auditArch() == arch)
                .findFirst();
    }

    private static Optional<String> call(int arch, int number) {
        boolean x32 = arch == Abi.X32.auditArch() && (number & Abi.X32_BIT) != 0;
        return x32
                ? SyscallTable.of(Abi.X32).name(number & ~Abi.X32_BIT)
                : abi(arch).flatMap(abi -> SyscallTable.of(abi).name(number));
    }

    private static String hex(int value) {
        return "0x" + Integer.toHexString(value);
    }
}
