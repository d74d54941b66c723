package profgen.filter;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import profgen.BadInputException;
import profgen.syscall.Abi;

/**
 * A classic-BPF program as the kernel takes it from seccomp(2): checked as the kernel checks it, so that a run always ends with an
 * answer. Only memory may be read before it is set here: it is 0.
 */
public record BpfProgram(List<BpfInstruction> instructions) implements Verdicts {
    /** The kernel's BPF_MAXINSNS. */
    public static final int MAX_INSTRUCTIONS = 4096;

    /** Of an instruction: struct sock_filter. */
    static final int BYTES = 8;

    public BpfProgram {
        instructions = List.copyOf(instructions);
        BpfChecker.check(instructions);
    }

    /** An array of struct sock_filter, little-endian, as seccomp_export_bpf and PTRACE_SECCOMP_GET_FILTER give it. */
    public static BpfProgram parse(byte[] bytes) {
        if (bytes.length % BYTES != 0) {
            throw new BadInputException("BPF program: " + bytes.length + " bytes: expected a multiple of " + BYTES);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        List<BpfInstruction> read = new ArrayList<>();
        while (buffer.hasRemaining()) {
            int code = Short.toUnsignedInt(buffer.getShort());
            read.add(new BpfInstruction(
                    code, Byte.toUnsignedInt(buffer.get()), Byte.toUnsignedInt(buffer.get()), buffer.getInt()));
        }
        return new BpfProgram(read);
    }

    /** What stands for no filter at all. */
    public static BpfProgram allowing() {
        return new BpfProgram(List.of(new BpfInstruction(BpfInstruction.RETURN, 0, 0, Outcome.ALLOW.returnValue())));
    }

    public byte[] toBytes() {
        ByteBuffer buffer = ByteBuffer.allocate(instructions.size() * BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (BpfInstruction instruction : instructions) {
            buffer.putShort((short) instruction.code())
                    .put((byte) instruction.jumpTrue())
                    .put((byte) instruction.jumpFalse())
                    .putInt(instruction.k());
        }
        return buffer.array();
    }

    /** The 32-bit answer. */
    public int run(SeccompData data) {
        return new BpfRun(this, data).toEnd();
    }

    @Override
    public Outcome outcome(Abi abi, int number, long... arguments) {
        return Outcome.ofReturnValue(run(SeccompData.of(abi, number, arguments)));
    }

    @Override
    public Map<Outcome, Region> regions(Abi abi, int number, Regions regions) {
        return new FilterStack(List.of(this)).regions(abi, number, regions);
    }

    @Override
    public Set<Integer> numbers(Abi abi) {
        return new FilterStack(List.of(this)).numbers(abi);
    }

    /** As {@link #regions}, by the 32-bit answers. */
    Map<Integer, Region> answers(Abi abi, int number, Regions regions) {
        return new BpfRegions(this, regions, SeccompData.register(abi, number), abi.auditArch()).answers();
    }
}
