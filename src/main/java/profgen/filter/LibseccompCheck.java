package profgen.filter;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import profgen.profile.ArgumentTest;
import profgen.profile.ArgumentTest.Operator;
import profgen.syscall.Abi;

/**
 * Where the installed libseccomp's program does something else than the rules say, for all arguments of calls that the profile names.
 * That happens with mixed operators or actions for one name, or alternatives that test different arguments.
 *
 * @param unknownNames names that this version drops; their calls are not compared
 * @param problem why there is no program, or which call could not be compared; null if all were
 */
public record LibseccompCheck(
        EngineVersion version,
        List<Discrepancy> discrepancies,
        List<String> unknownNames,
        @Nullable String problem) {
    public LibseccompCheck {
        discrepancies = List.copyOf(discrepancies);
        unknownNames = List.copyOf(unknownNames);
    }

    /** @param arguments six, with which the two answers differ */
    public record Discrepancy(Abi abi, int number, List<Long> arguments, Outcome intended, Outcome made) {
        public Discrepancy {
            arguments = List.copyOf(arguments);
        }
    }

    /** Some of a filter's calls. */
    @FunctionalInterface
    public interface Calls {
        Calls ALL = (abi, number) -> true;

        boolean has(Abi abi, int number);
    }

    /** @param calls those that are compared */
    public static LibseccompCheck of(Libseccomp libseccomp, Filter filter, Calls calls) {
        return of(libseccomp.version(), filter, libseccomp.compile(filter), calls);
    }

    /** @param compiled what that version made of the filter */
    public static LibseccompCheck of(EngineVersion version, Filter filter, Compiled compiled, Calls calls) {
        if (!(compiled instanceof Compiled.Program made)) {
            return new LibseccompCheck(version, List.of(), List.of(), compiled.why());
        }
        List<Discrepancy> found = new ArrayList<>();
        String problem = null;
        for (Abi abi : filter.abis()) {
            for (int number : filter.numbers(abi)) {
                Optional<Optional<Discrepancy>> answer =
                        !calls.has(abi, number) || filter.isNamed(abi, number, made.unknownNames())
                                ? Optional.of(Optional.empty())
                                : Regions.attempt(
                                        Regions.DEFAULT_BUDGET,
                                        regions -> difference(filter, made.program(), abi, number, regions));
                answer.ifPresent(one -> one.ifPresent(found::add));
                problem = answer.isPresent() ? problem : abi.label() + " " + number + ": too hard to compare";
            }
        }
        return new LibseccompCheck(version, found, made.unknownNames(), problem);
    }

    private static Optional<Discrepancy> difference(
            Filter filter, BpfProgram program, Abi abi, int number, Regions regions) {
        Map<Outcome, Region> made = program.regions(abi, number, regions);
        for (Map.Entry<Outcome, Region> part :
                filter.regions(abi, number, regions).entrySet()) {
            Region lost = part.getValue().minus(made.getOrDefault(part.getKey(), regions.none()));
            if (!lost.isEmpty()) {
                long[] witness = lost.witness().orElseThrow();
                List<Long> arguments = LongStream.of(witness).boxed().toList();
                Outcome other = program.outcome(abi, number, witness);
                return Optional.of(new Discrepancy(abi, number, arguments, part.getKey(), other));
            }
        }
        return Optional.empty();
    }

    /**
     * Whether the rules for a call are of a kind for which libseccomp versions may do something else than they say. For one rule, one
     * that tests nothing, or alternatives with one action, EQ or MASKED_EQ, of one argument or of the same arguments in the same way, they
     * do not.
     */
    public static boolean isDoubtful(Filter filter, Abi abi, int number) {
        List<Clause> clauses = filter.clauses(abi, number);
        if (clauses.size() < 2) {
            return false;
        }
        if (distinct(clauses, clause -> clause.rule().outcome().returnValue()) > 1) {
            return true;
        }
        if (clauses.stream().anyMatch(Clause::isUnconditional)) {
            return false;
        }
        boolean oneArgument =
                distinct(clauses, LibseccompCheck::onlyArgument) == 1 && onlyArgument(clauses.get(0)) >= 0;
        return !clauses.stream().allMatch(LibseccompCheck::asksEquality) || !(oneArgument || isUniform(clauses));
    }

    /** Whether the program may have more instructions than the kernel takes: an estimate on the safe side, which no usual profile reaches. */
    public static boolean mayBeTooLong(Filter filter) {
        long most = 0;
        for (Abi abi : filter.abis()) {
            for (int number : filter.numbers(abi)) {
                most += 2
                        + filter.clauses(abi, number).stream()
                                .mapToLong(clause -> 7L * clause.tests().size())
                                .sum();
            }
        }
        return most > BpfProgram.MAX_INSTRUCTIONS;
    }

    private static long distinct(List<Clause> clauses, ToIntFunction<Clause> property) {
        return clauses.stream().mapToInt(property).distinct().count();
    }

    private static boolean asksEquality(Clause clause) {
        return clause.tests().stream()
                .allMatch(test -> test.operator() == Operator.EQ || test.operator() == Operator.MASKED_EQ);
    }

    /** -1 if there are several. */
    private static int onlyArgument(Clause clause) {
        return clause.tests().size() == 1 ? clause.tests().get(0).index() : -1;
    }

    private static boolean isUniform(List<Clause> clauses) {
        Set<Set<List<Long>>> shapes = new HashSet<>();
        for (Clause clause : clauses) {
            Set<List<Long>> shape = new HashSet<>();
            clause.tests().forEach(test -> shape.add(List.of((long) test.index(), mask(test))));
            shapes.add(shape);
        }
        return shapes.size() == 1;
    }

    private static long mask(ArgumentTest test) {
        return test.operator() == Operator.EQ ? 0 : test.value();
    }
}
