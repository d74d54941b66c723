package profgen.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import profgen.profile.ArgumentTest;
import profgen.profile.ArgumentTest.Operator;

/** A region as alternatives of tests, read off its diagram: one alternative for each way through it. */
final class Cubes {
    private static final int ARGUMENTS = 6;
    private static final int BITS = 64;

    private final Nodes nodes;
    private final int limit;
    private final long[] masks = new long[ARGUMENTS];
    private final long[] values = new long[ARGUMENTS];
    private final List<List<ArgumentTest>> found = new ArrayList<>();

    private Cubes(Nodes nodes, int limit) {
        this.nodes = nodes;
        this.limit = limit;
    }

    /** Empty if there are more than {@code limit}. */
    static Optional<List<List<ArgumentTest>>> of(Nodes nodes, int root, int limit) {
        Cubes cubes = new Cubes(nodes, limit);
        return cubes.walk(root) ? Optional.of(List.copyOf(cubes.found)) : Optional.empty();
    }

    /** False once there are too many. */
    private boolean walk(int node) {
        if (node == Nodes.NONE) {
            return true;
        }
        if (node == Nodes.ALL) {
            found.add(tests());
            return found.size() <= limit;
        }
        int index = nodes.variable(node) / BITS;
        long bit = 1L << (BITS - 1 - nodes.variable(node) % BITS);
        masks[index] |= bit;
        boolean few = walk(nodes.low(node));
        values[index] |= bit;
        few = few && walk(nodes.high(node));
        values[index] &= ~bit;
        masks[index] &= ~bit;
        return few;
    }

    private List<ArgumentTest> tests() {
        List<ArgumentTest> tests = new ArrayList<>();
        for (int index = 0; index < ARGUMENTS; index++) {
            if (masks[index] == -1L) {
                tests.add(new ArgumentTest(index, Operator.EQ, values[index], 0));
            } else if (masks[index] != 0) {
                tests.add(ArgumentTest.masked(index, masks[index], values[index]));
            }
        }
        return tests;
    }
}
