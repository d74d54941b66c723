package profgen.filter;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;

/** What libseccomp made of a filter. */
public sealed interface Compiled {
    /** @param unknownNames dropped, as runtimes drop them: this version of the library does not know them */
    record Program(BpfProgram program, List<String> unknownNames) implements Compiled {
        public Program {
            unknownNames = List.copyOf(unknownNames);
        }
    }

    /** The library refused a rule; a runtime would not start the container. */
    record Refused(String why) implements Compiled {}

    /** The time or memory limit was reached. */
    record GaveUp(String why) implements Compiled {}

    /** The kernel would refuse the program with EINVAL; a runtime would not start the container. */
    record TooLong(int instructions) implements Compiled {
        @Override
        public String why() {
            return "a program of " + instructions + " instructions, of which the kernel takes "
                    + BpfProgram.MAX_INSTRUCTIONS;
        }
    }

    /** Why there is no program that a kernel takes; empty if there is one. */
    default String why() {
        return "";
    }

    /** How it gets out of the child process. */
    static void write(DataOutputStream out, byte[] program, List<String> unknownNames) throws IOException {
        out.writeUTF("");
        out.writeInt(program.length);
        out.write(program);
        out.writeInt(unknownNames.size());
        for (String name : unknownNames) {
            out.writeUTF(name);
        }
        out.flush();
    }

    static void writeRefusal(DataOutputStream out, String why) throws IOException {
        out.writeUTF(why);
        out.flush();
    }

    static Compiled read(DataInputStream in) throws IOException {
        String refusal = in.readUTF();
        if (!refusal.isEmpty()) {
            return new Refused(refusal);
        }
        byte[] program = in.readNBytes(in.readInt());
        String[] names = new String[in.readInt()];
        for (int i = 0; i < names.length; i++) {
            names[i] = in.readUTF();
        }
        int instructions = program.length / BpfProgram.BYTES;
        return instructions > BpfProgram.MAX_INSTRUCTIONS
                ? new TooLong(instructions)
                : new Program(BpfProgram.parse(program), List.of(names));
    }
}
