package profgen.filter;

import java.util.BitSet;
import java.util.List;
import profgen.syscall.Abi;

/**
 * Whether a program does more with the number of a call than to compare it, so that its answer may change at numbers that it does not
 * name. Jumps go forward only: one pass in the order of the instructions sees where the number may be in the accumulator.
 */
final class NumberUse {
    private NumberUse() {}

    static boolean computes(BpfProgram program) {
        List<BpfInstruction> instructions = program.instructions();
        BitSet holds = new BitSet();
        for (int at = 0; at < instructions.size(); at++) {
            BpfInstruction instruction = instructions.get(at);
            if (holds.get(at) && changes(instruction)) {
                return true;
            }
            if (instruction.family() == BpfInstruction.LOAD ? loadsNumber(instruction) : holds.get(at)) {
                reach(holds, at, instruction);
            }
        }
        return false;
    }

    private static boolean loadsNumber(BpfInstruction instruction) {
        return instruction.mode() == BpfInstruction.MODE_ABSOLUTE && instruction.k() == 0;
    }

    /** A test of the bit of x32 is the same for all numbers of one ABI. */
    private static boolean changes(BpfInstruction instruction) {
        return switch (instruction.family()) {
            case BpfInstruction.ALU, BpfInstruction.STORE, BpfInstruction.MISC -> true;
            case BpfInstruction.JUMP ->
                instruction.operation() == BpfInstruction.JUMP_SET && (instruction.k() & (Abi.X32_BIT - 1)) != 0;
            default -> false;
        };
    }

    private static void reach(BitSet holds, int at, BpfInstruction instruction) {
        if (instruction.family() != BpfInstruction.JUMP) {
            holds.set(at + 1);
        } else if (instruction.operation() == BpfInstruction.JUMP_ALWAYS) {
            holds.set(at + 1 + instruction.k());
        } else {
            holds.set(at + 1 + instruction.jumpTrue());
            holds.set(at + 1 + instruction.jumpFalse());
        }
    }
}
