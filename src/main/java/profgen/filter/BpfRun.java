package profgen.filter;

/** One run of a checked program: an accumulator, an index register, 16 words of memory. */
final class BpfRun {
    private final BpfProgram program;
    private final SeccompData data;
    private final int[] memory = new int[BpfChecker.MEMORY_WORDS];
    private int a;
    private int x;

    BpfRun(BpfProgram program, SeccompData data) {
        this.program = program;
        this.data = data;
    }

    int toEnd() {
        int at = 0;
        while (true) {
            BpfInstruction instruction = program.instructions().get(at);
            switch (instruction.family()) {
                case BpfInstruction.LOAD -> a = load(instruction);
                case BpfInstruction.LOAD_INDEX -> x = load(instruction);
                case BpfInstruction.STORE -> memory[instruction.k()] = a;
                case BpfInstruction.STORE_INDEX -> memory[instruction.k()] = x;
                case BpfInstruction.ALU -> {
                    int operand = operand(instruction);
                    if (divides(instruction) && operand == 0) {
                        return 0;
                    }
                    a = arithmetic(instruction.operation(), a, operand);
                }
                case BpfInstruction.JUMP -> at += jump(instruction);
                case BpfInstruction.RETURN -> {
                    return (instruction.code() & 0x18) == BpfInstruction.RETURN_A ? a : instruction.k();
                }
                default -> move(instruction);
            }
            at++;
        }
    }

    private void move(BpfInstruction instruction) {
        if ((instruction.code() & BpfInstruction.TO_A) != 0) {
            a = x;
        } else {
            x = a;
        }
    }

    private int load(BpfInstruction instruction) {
        return switch (instruction.mode()) {
            case BpfInstruction.MODE_ABSOLUTE -> data.word(instruction.k());
            case BpfInstruction.MODE_MEMORY -> memory[instruction.k()];
            case BpfInstruction.MODE_LENGTH -> SeccompData.SIZE;
            default -> instruction.k();
        };
    }

    private int operand(BpfInstruction instruction) {
        return instruction.usesIndex() ? x : instruction.k();
    }

    private int jump(BpfInstruction instruction) {
        if (instruction.operation() == BpfInstruction.JUMP_ALWAYS) {
            return instruction.k();
        }
        return holds(instruction.operation(), a, operand(instruction))
                ? instruction.jumpTrue()
                : instruction.jumpFalse();
    }

    static boolean holds(int operation, int left, int right) {
        return switch (operation) {
            case BpfInstruction.JUMP_EQUAL -> left == right;
            case BpfInstruction.JUMP_GREATER -> Integer.compareUnsigned(left, right) > 0;
            case BpfInstruction.JUMP_GREATER_EQUAL -> Integer.compareUnsigned(left, right) >= 0;
            default -> (left & right) != 0;
        };
    }

    private static boolean divides(BpfInstruction instruction) {
        return instruction.operation() == 0x30;
    }

    static int arithmetic(int operation, int left, int right) {
        return switch (operation) {
            case 0x00 -> left + right;
            case 0x10 -> left - right;
            case 0x20 -> left * right;
            case 0x30 -> Integer.divideUnsigned(left, right);
            case 0x40 -> left | right;
            case BpfInstruction.AND -> left & right;
            case 0x60 -> left << right;
            case 0x70 -> left >>> right;
            case 0x80 -> -left;
            default -> left ^ right;
        };
    }
}
