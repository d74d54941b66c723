package profgen.filter;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import profgen.profile.ArgumentTest;
import profgen.profile.ArgumentTest.Operator;
import profgen.syscall.Abi;

/**
 * Makes sets of arguments and computes with them, exactly. One of these is a question's workspace: its regions belong together, its memory
 * ends with it, and it gives up with {@link Undecided} when the work exceeds its budget. Not for several threads.
 */
public final class Regions {
    /** Far above what profiles in use need (docker-default takes some thousands); reached in about a second and 100 MB. */
    public static final int DEFAULT_BUDGET = 2_000_000;

    private static final int BITS = 64;
    private static final long HIGH = 0xFFFFFFFF00000000L;

    private final Nodes nodes;
    private final Map<Asked, Map<Outcome, Region>> partitions = new HashMap<>();

    public Regions() {
        this(DEFAULT_BUDGET);
    }

    /** @param budget steps and nodes together */
    public Regions(int budget) {
        this.nodes = new Nodes(budget);
    }

    /** The answer to {@code question}, asked with a workspace of its own; empty when undecided within {@code budget}. */
    public static <T> Optional<T> attempt(int budget, Function<Regions, T> question) {
        try {
            return Optional.of(question.apply(new Regions(budget)));
        } catch (Undecided undecided) {
            return Optional.empty();
        }
    }

    /** Steps and nodes so far. */
    public int work() {
        return nodes.work();
    }

    public Region all() {
        return new Region(this, Nodes.ALL);
    }

    public Region none() {
        return new Region(this, Nodes.NONE);
    }

    /** The arguments that a call of {@code abi} can have: the kernel hands on only the lower half of an i386 argument. */
    public Region reachable(Abi abi) {
        Region region = all();
        for (int index = 0; abi == Abi.I386 && index < 6; index++) {
            region = region.and(of(ArgumentTest.masked(index, HIGH, 0)));
        }
        return region;
    }

    /** The arguments that pass {@code test}, compared on all 64 bits. */
    public Region of(ArgumentTest test) {
        return of(test, -1L);
    }

    /** @param width the bits of an argument that are compared: all, or the lower half */
    private Region of(ArgumentTest test, long width) {
        boolean masked = test.operator() == Operator.MASKED_EQ;
        long mask = masked ? test.value() & width : width;
        long value = masked ? test.valueTwo() : test.value();
        return field(test.index(), 0, mask, masked ? Operator.EQ : test.operator(), value);
    }

    /** {@code ((argument >>> shift) & mask) operator value}, unsigned. The mask must have no bits that the shift brings in. */
    Region field(int index, int shift, long mask, Operator operator, long value) {
        int below =
                operator == Operator.NE || operator == Operator.LT || operator == Operator.LE ? Nodes.ALL : Nodes.NONE;
        int above =
                operator == Operator.NE || operator == Operator.GT || operator == Operator.GE ? Nodes.ALL : Nodes.NONE;
        int node =
                operator == Operator.EQ || operator == Operator.LE || operator == Operator.GE ? Nodes.ALL : Nodes.NONE;
        for (int bit = 0; bit < BITS; bit++) {
            boolean wanted = (value >>> bit & 1) != 0;
            if ((mask >>> bit & 1) != 0) {
                int variable = index * BITS + BITS - 1 - (bit + shift);
                node = wanted ? nodes.node(variable, below, node) : nodes.node(variable, node, above);
            } else if (wanted) {
                node = below;
            }
        }
        return new Region(this, node);
    }

    /** What each outcome gets when the clauses are asked as {@link Filter} asks them. */
    Map<Outcome, Region> partition(List<Clause> clauses, long width, Outcome byDefault) {
        if (clauses.isEmpty()) {
            return Map.of(byDefault, all());
        }
        for (Clause clause : clauses) {
            if (clause.isUnconditional()) {
                return Map.of(clause.rule().outcome(), all());
            }
        }
        /* Hosts share clauses: on most of them a call's list is one that was asked about before. */
        return partitions.computeIfAbsent(
                new Asked(List.copyOf(clauses), width, byDefault), asked -> parts(clauses, width, byDefault));
    }

    private Map<Outcome, Region> parts(List<Clause> clauses, long width, Outcome byDefault) {
        Map<Outcome, Region> parts = new LinkedHashMap<>();
        Region rest = all();
        for (Clause clause : clauses) {
            Region matching = rest;
            for (ArgumentTest test : clause.tests()) {
                matching = matching.and(of(test, width));
            }
            parts.merge(clause.rule().outcome(), matching, Region::or);
            rest = rest.minus(matching);
        }
        parts.merge(byDefault, rest, Region::or);
        parts.values().removeIf(Region::isEmpty);
        return Collections.unmodifiableMap(parts);
    }

    /** Clauses are compared by identity: that misses equal ones of two profiles, and takes no time. */
    private record Asked(List<Clause> clauses, long width, Outcome byDefault) {
        @Override
        @SuppressWarnings("ReferenceEquality")
        public boolean equals(Object other) {
            if (!(other instanceof Asked asked)
                    || asked.width != width
                    || asked.clauses.size() != clauses.size()
                    || !asked.byDefault.equals(byDefault)) {
                return false;
            }
            return IntStream.range(0, clauses.size()).allMatch(i -> clauses.get(i) == asked.clauses.get(i));
        }

        @Override
        public int hashCode() {
            int hash = byDefault.hashCode();
            for (Clause clause : clauses) {
                hash = hash * 31 + System.identityHashCode(clause);
            }
            return hash;
        }
    }

    /** The arguments with which the call is made, of {@link Verdicts#regions} in this workspace. */
    public Region allowed(Map<Outcome, Region> parts) {
        Region allowed = none();
        for (Map.Entry<Outcome, Region> part : parts.entrySet()) {
            allowed = part.getKey().allows() ? allowed.or(part.getValue()) : allowed;
        }
        return allowed;
    }

    Region combine(Nodes.Operation operation, Region left, Region right) {
        if (!left.belongsTo(this) || !right.belongsTo(this)) {
            throw new IllegalArgumentException("regions of two workspaces");
        }
        return new Region(this, nodes.combine(operation, left.node(), right.node()));
    }

    boolean contains(Region region, long[] arguments) {
        int node = region.node();
        while (!nodes.isTerminal(node)) {
            int index = nodes.variable(node) / BITS;
            long argument = index < arguments.length ? arguments[index] : 0;
            boolean set = (argument >>> shift(nodes.variable(node)) & 1) != 0;
            node = set ? nodes.high(node) : nodes.low(node);
        }
        return node == Nodes.ALL;
    }

    long[] smallest(Region region) {
        long[] arguments = new long[6];
        int node = region.node();
        while (!nodes.isTerminal(node)) {
            int variable = nodes.variable(node);
            if (nodes.low(node) != Nodes.NONE) {
                node = nodes.low(node);
            } else {
                arguments[variable / BITS] |= 1L << shift(variable);
                node = nodes.high(node);
            }
        }
        return arguments;
    }

    Optional<List<List<ArgumentTest>>> alternatives(Region region, int limit) {
        return Cubes.of(nodes, region.node(), limit);
    }

    private static int shift(int variable) {
        return BITS - 1 - variable % BITS;
    }
}
