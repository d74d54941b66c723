package profgen.filter;

import java.util.ArrayList;
import java.util.List;
import profgen.syscall.Abi;

/** What runc puts in front of libseccomp's program, so that calls newer than the profile answer ENOSYS. */
final class EnosysStub {
    private static final int LOAD_WORD = BpfInstruction.LOAD | BpfInstruction.MODE_ABSOLUTE;
    private static final int IF_EQUAL = BpfInstruction.JUMP | BpfInstruction.JUMP_EQUAL;
    private static final int IF_GREATER = BpfInstruction.JUMP | BpfInstruction.JUMP_GREATER;
    private static final int IF_SET = BpfInstruction.JUMP | BpfInstruction.JUMP_SET;

    private EnosysStub() {}

    /** The whole program of the filter's host, given libseccomp's. */
    static Compiled prepend(Filter filter, BpfProgram program, List<String> unknownNames) {
        List<BpfInstruction> whole = new ArrayList<>();
        for (Abi abi : filter.abis()) {
            filter.enosysAbove(abi).ifPresent(last -> whole.addAll(section(abi, last)));
        }
        whole.addAll(program.instructions());
        return whole.size() > BpfProgram.MAX_INSTRUCTIONS
                ? new Compiled.TooLong(whole.size())
                : new Compiled.Program(new BpfProgram(whole), unknownNames);
    }

    /** Falls through unless the call is of this ABI and above {@code last}. */
    private static List<BpfInstruction> section(Abi abi, int last) {
        boolean x86 = abi == Abi.X86_64 || abi == Abi.X32;
        int skip = x86 ? 4 : 3;
        List<BpfInstruction> section = new ArrayList<>();
        section.add(new BpfInstruction(LOAD_WORD, 0, 0, 4));
        section.add(new BpfInstruction(IF_EQUAL, 0, skip, abi.auditArch()));
        section.add(new BpfInstruction(LOAD_WORD, 0, 0, 0));
        if (x86) {
            section.add(new BpfInstruction(IF_SET, abi == Abi.X32 ? 0 : 2, abi == Abi.X32 ? 2 : 0, Abi.X32_BIT));
        }
        section.add(new BpfInstruction(IF_GREATER, 0, 1, SeccompData.register(abi, last)));
        section.add(new BpfInstruction(
                BpfInstruction.RETURN, 0, 0, Outcome.errno(Outcome.ENOSYS).returnValue()));
        return section;
    }
}
