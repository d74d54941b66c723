package profgen.filter;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import profgen.profile.ArgumentTest.Operator;

/**
 * Runs a program for every argument at once. Jumps go forward only, so that one pass in the order of the instructions sees each way
 * that leads to one. The accumulator is known, or a part of an argument; arithmetic other than AND on a part, and the scratch memory, are
 * {@link Undecided}: what libseccomp and the engines write has neither.
 */
final class BpfRegions {
    private final BpfProgram program;
    private final Regions regions;
    private final int number;
    private final int arch;
    private final TreeMap<Integer, Map<Value, Region>> ahead = new TreeMap<>();
    private final Map<Integer, Region> answers = new LinkedHashMap<>();

    BpfRegions(BpfProgram program, Regions regions, int number, int arch) {
        this.program = program;
        this.regions = regions;
        this.number = number;
        this.arch = arch;
    }

    /** The accumulator: a constant, or 32 bits of an argument under a mask. */
    private sealed interface Value {
        record Constant(int value) implements Value {}

        record Part(int index, int shift, int mask) implements Value {}
    }

    /** By the whole 32 bits of the answer. */
    Map<Integer, Region> answers() {
        reach(0, new Value.Constant(0), regions.all());
        while (!ahead.isEmpty()) {
            Map.Entry<Integer, Map<Value, Region>> next = ahead.pollFirstEntry();
            next.getValue().forEach((value, region) -> step(next.getKey(), value, region));
        }
        return answers;
    }

    private void reach(int at, Value value, Region region) {
        if (!region.isEmpty()) {
            ahead.computeIfAbsent(at, key -> new LinkedHashMap<>()).merge(value, region, Region::or);
        }
    }

    private void step(int at, Value value, Region region) {
        BpfInstruction instruction = program.instructions().get(at);
        switch (instruction.family()) {
            case BpfInstruction.LOAD -> reach(at + 1, load(instruction), region);
            case BpfInstruction.ALU -> reach(at + 1, arithmetic(instruction, value), region);
            case BpfInstruction.JUMP -> jump(at, instruction, value, region);
            case BpfInstruction.RETURN -> end(instruction, value, region);
            default -> throw beyond(at);
        }
    }

    private Value load(BpfInstruction instruction) {
        int k = instruction.k();
        if (instruction.mode() == BpfInstruction.MODE_IMMEDIATE) {
            return new Value.Constant(k);
        }
        if (instruction.mode() == BpfInstruction.MODE_LENGTH) {
            return new Value.Constant(SeccompData.SIZE);
        }
        if (instruction.mode() != BpfInstruction.MODE_ABSOLUTE || k == 8 || k == 12) {
            throw new Undecided("BPF program: it reads the instruction pointer or its memory");
        }
        return k < 8 ? new Value.Constant(k == 0 ? number : arch) : new Value.Part((k - 16) / 8, k % 8 * 8, -1);
    }

    private static Value arithmetic(BpfInstruction instruction, Value value) {
        if (!instruction.usesIndex() && value instanceof Value.Constant constant) {
            return new Value.Constant(BpfRun.arithmetic(instruction.operation(), constant.value(), instruction.k()));
        }
        if (!instruction.usesIndex()
                && instruction.operation() == BpfInstruction.AND
                && value instanceof Value.Part part) {
            return new Value.Part(part.index(), part.shift(), part.mask() & instruction.k());
        }
        throw new Undecided("BPF program: arithmetic on an argument");
    }

    private void jump(int at, BpfInstruction instruction, Value value, Region region) {
        if (instruction.operation() == BpfInstruction.JUMP_ALWAYS) {
            reach(at + 1 + instruction.k(), value, region);
            return;
        }
        if (instruction.usesIndex()) {
            throw beyond(at);
        }
        Region holding = region.and(holds(instruction, value));
        reach(at + 1 + instruction.jumpTrue(), value, holding);
        reach(at + 1 + instruction.jumpFalse(), value, region.minus(holding));
    }

    private Region holds(BpfInstruction instruction, Value value) {
        int operation = instruction.operation();
        if (value instanceof Value.Constant constant) {
            return BpfRun.holds(operation, constant.value(), instruction.k()) ? regions.all() : regions.none();
        }
        Value.Part part = (Value.Part) value;
        boolean bits = operation == BpfInstruction.JUMP_SET;
        Operator operator = switch (operation) {
            case BpfInstruction.JUMP_EQUAL -> Operator.EQ;
            case BpfInstruction.JUMP_GREATER -> Operator.GT;
            case BpfInstruction.JUMP_GREATER_EQUAL -> Operator.GE;
            default -> Operator.NE;
        };
        long mask = Integer.toUnsignedLong(bits ? part.mask() & instruction.k() : part.mask());
        long datum = bits ? 0 : Integer.toUnsignedLong(instruction.k());
        return regions.field(part.index(), part.shift(), mask, operator, datum);
    }

    private void end(BpfInstruction instruction, Value value, Region region) {
        int answer = instruction.k();
        if ((instruction.code() & 0x18) == BpfInstruction.RETURN_A) {
            if (!(value instanceof Value.Constant constant)) {
                throw new Undecided("BPF program: it answers with a part of an argument");
            }
            answer = constant.value();
        }
        answers.merge(answer, region, Region::or);
    }

    private static Undecided beyond(int at) {
        return new Undecided("BPF program: instruction " + at + " uses the index register or memory");
    }
}
