package profgen.filter;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import profgen.BadInputException;

/** What the kernel asks of a seccomp program: known instructions, forward jumps inside it, loads inside the data, a return at the end. */
final class BpfChecker {
    static final int MEMORY_WORDS = 16;

    private static final Set<Integer> CODES = codes();

    private BpfChecker() {}

    private static Set<Integer> codes() {
        Set<Integer> plain =
                Set.of(0x00, 0x01, 0x02, 0x03, 0x05, 0x06, 0x07, 0x16, 0x20, 0x60, 0x61, 0x80, 0x81, 0x84, 0x87);
        Stream<Integer> jumps = Stream.of(0x15, 0x25, 0x35, 0x45);
        Stream<Integer> arithmetic = Stream.of(0x04, 0x14, 0x24, 0x34, 0x44, 0x54, 0x64, 0x74, 0xA4);
        Set<Integer> all = Stream.concat(jumps, arithmetic)
                .flatMap(code -> Stream.of(code, code | BpfInstruction.SOURCE_INDEX))
                .collect(Collectors.toCollection(TreeSet::new));
        all.addAll(plain);
        return all;
    }

    static void check(List<BpfInstruction> program) {
        if (program.isEmpty() || program.size() > BpfProgram.MAX_INSTRUCTIONS) {
            throw new BadInputException(
                    "BPF program: " + program.size() + " instructions: expected 1 to " + BpfProgram.MAX_INSTRUCTIONS);
        }
        for (int at = 0; at < program.size(); at++) {
            String problem = problem(program.get(at), program.size() - 1 - at);
            if (!problem.isEmpty()) {
                throw new BadInputException("BPF program: instruction " + at + ": " + problem);
            }
        }
        if (program.get(program.size() - 1).family() != BpfInstruction.RETURN) {
            throw new BadInputException("BPF program: the last instruction does not return");
        }
    }

    /** @param left how many instructions follow */
    private static String problem(BpfInstruction instruction, int left) {
        if (!CODES.contains(instruction.code())) {
            return "unknown code 0x" + Integer.toHexString(instruction.code());
        }
        return switch (instruction.family()) {
            case BpfInstruction.LOAD, BpfInstruction.LOAD_INDEX -> load(instruction);
            case BpfInstruction.STORE, BpfInstruction.STORE_INDEX -> memory(instruction.k());
            case BpfInstruction.ALU -> arithmetic(instruction);
            case BpfInstruction.JUMP -> jump(instruction, left);
            default -> "";
        };
    }

    private static String load(BpfInstruction instruction) {
        int k = instruction.k();
        if (instruction.mode() == BpfInstruction.MODE_MEMORY) {
            return memory(k);
        }
        boolean outside = k < 0 || k >= SeccompData.SIZE || k % 4 != 0;
        return instruction.mode() == BpfInstruction.MODE_ABSOLUTE && outside ? "load at offset " + k : "";
    }

    private static String memory(int k) {
        return k < 0 || k >= MEMORY_WORDS ? "memory word " + k : "";
    }

    private static String arithmetic(BpfInstruction instruction) {
        if (instruction.usesIndex()) {
            return "";
        }
        int operation = instruction.operation();
        if (operation == 0x30 && instruction.k() == 0) {
            return "division by zero";
        }
        boolean shift = operation == 0x60 || operation == 0x70;
        return shift && (instruction.k() < 0 || instruction.k() >= Integer.SIZE) ? "shift by " + instruction.k() : "";
    }

    private static String jump(BpfInstruction instruction, int left) {
        if (instruction.operation() == BpfInstruction.JUMP_ALWAYS) {
            return Integer.compareUnsigned(instruction.k(), left) >= 0 ? "jump out of the program" : "";
        }
        return Math.max(instruction.jumpTrue(), instruction.jumpFalse()) >= left ? "jump out of the program" : "";
    }
}
