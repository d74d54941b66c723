package profgen.filter;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import profgen.profile.ArgumentTest;
import profgen.profile.ArgumentTest.Operator;
import profgen.syscall.Abi;

/**
 * A filter as libseccomp is told it, and how it gets into the child process.
 *
 * @param arches SCMP_ARCH_* tokens of the ABIs
 * @param optimize sort the calls into a binary tree, as runc asks from 33 calls on
 */
record CompileRequest(List<Integer> arches, int defaultAction, boolean optimize, List<Line> lines) {
    private static final int SCMP_ARCH_X32 = 0x4000003E;
    private static final int TREE_FROM = 33;
    private static final int LONGEST_NAME = 255;

    CompileRequest {
        arches = List.copyOf(arches);
        lines = List.copyOf(lines);
    }

    /** One call of seccomp_rule_add_array. */
    record Line(String name, int action, List<ArgumentTest> tests) {
        Line {
            tests = List.copyOf(tests);
        }
    }

    static CompileRequest of(Filter filter) {
        List<Line> lines = new ArrayList<>();
        for (FilterRule rule : filter.rules()) {
            for (String name : rule.names()) {
                if (isHopeless(name)) {
                    continue;
                }
                lines.add(new Line(name, rule.outcome().returnValue(), rule.tests()));
            }
        }
        List<Integer> arches = filter.abis().stream().map(CompileRequest::token).toList();
        boolean tree = filter.host().engine().kind().usesRunc() && lines.size() >= TREE_FROM;
        return new CompileRequest(arches, filter.defaultOutcome().returnValue(), tree, lines);
    }

    /** No library knows a name so long, and it has no room in a request. */
    static boolean isHopeless(String name) {
        return name.length() > LONGEST_NAME;
    }

    private static int token(Abi abi) {
        return abi == Abi.X32 ? SCMP_ARCH_X32 : abi.auditArch();
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(defaultAction);
        out.writeBoolean(optimize);
        out.writeInt(arches.size());
        for (int arch : arches) {
            out.writeInt(arch);
        }
        out.writeInt(lines.size());
        for (Line line : lines) {
            write(out, line);
        }
        out.flush();
    }

    private static void write(DataOutputStream out, Line line) throws IOException {
        out.writeUTF(line.name());
        out.writeInt(line.action());
        out.writeByte(line.tests().size());
        for (ArgumentTest test : line.tests()) {
            out.writeByte(test.index());
            out.writeUTF(test.operator().name());
            out.writeLong(test.value());
            out.writeLong(test.valueTwo());
        }
    }

    static CompileRequest read(DataInputStream in) throws IOException {
        int defaultAction = in.readInt();
        boolean optimize = in.readBoolean();
        List<Integer> arches = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            arches.add(in.readInt());
        }
        List<Line> lines = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            lines.add(readLine(in));
        }
        return new CompileRequest(arches, defaultAction, optimize, lines);
    }

    private static Line readLine(DataInputStream in) throws IOException {
        String name = in.readUTF();
        int action = in.readInt();
        List<ArgumentTest> tests = new ArrayList<>();
        for (int left = in.readByte(); left > 0; left--) {
            tests.add(new ArgumentTest(in.readByte(), Operator.valueOf(in.readUTF()), in.readLong(), in.readLong()));
        }
        return new Line(name, action, tests);
    }
}
