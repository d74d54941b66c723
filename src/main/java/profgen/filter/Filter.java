package profgen.filter;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import profgen.BadInputException;
import profgen.profile.Profile;
import profgen.syscall.Abi;
import profgen.syscall.SyscallTable;

/**
 * The flat list that one host enforces, and what it does with a call.
 *
 * <p>Meaning: of the rules for a call, the first without argument tests decides; without one, the first whose tests all match; else the
 * default. A call of an ABI that is not opened kills the thread. Under runc, a number above the highest that the profile names answers
 * ENOSYS when the default is not to allow.
 */
public final class Filter implements Verdicts {
    private final Resolved resolved;
    private final Map<Abi, Integer> highest;
    private final Map<Abi, Set<Integer>> numbers = new ConcurrentHashMap<>();

    Filter(Resolved resolved) {
        this.resolved = resolved;
        this.highest = Highest.named(resolved);
    }

    public Host host() {
        return resolved.host();
    }

    /** The engine starts the container without a filter: everything is allowed. */
    public boolean isUnconfined() {
        return resolved.profile().isUnconfined();
    }

    /** The ABIs whose calls the rules answer; calls of any other kill the thread. */
    public SortedSet<Abi> abis() {
        return resolved.abis();
    }

    public Outcome defaultOutcome() {
        return resolved.defaultOutcome();
    }

    /** In the profile's order, which is the order in which libseccomp gets them. */
    public List<FilterRule> rules() {
        return resolved.rules();
    }

    public List<DroppedRule> dropped() {
        return resolved.dropped();
    }

    /** Names that no architecture's table has; a runtime drops them without a word. */
    public Set<String> unknownNames() {
        return resolved.unknownNames();
    }

    /** Why the engine would not start a container with this profile at all; empty if it would. */
    public List<String> refusals() {
        return resolved.refusals();
    }

    /**
     * A file with which no container starts has no filter.
     *
     * @param profile as the user called it
     * @throws BadInputException if the engine refuses it
     */
    public void demandAccepted(String profile) {
        if (!refusals().isEmpty()) {
            throw new BadInputException(
                    profile + ": " + host().engine() + " refuses it: " + String.join("; ", refusals()));
        }
    }

    /** The numbers of {@code abi} that a rule is about; every other number has the default, or ENOSYS above {@link #enosysAbove}. */
    @Override
    public Set<Integer> numbers(Abi abi) {
        return numbers.computeIfAbsent(abi, resolved::numbers);
    }

    /** Numbers of {@code abi} above this one, taken as unsigned, answer ENOSYS whatever the default is. */
    public OptionalInt enosysAbove(Abi abi) {
        Integer number = highest.get(abi);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** The keys of OCI's linux.seccomp alone: without conditions, comments and rules without names, with the architectures that this host opens. */
    public Profile toProfile() {
        return resolved.toProfile();
    }

    @Override
    public Outcome outcome(Abi abi, int number, long... arguments) {
        SeenCall call = SeenCall.of(abi, number);
        return constant(call)
                .map(Ruling::outcome)
                .orElseGet(() -> byRules(call, cut(call.abi(), arguments)).outcome());
    }

    /** As {@link #outcome}, with the rule that decides and why the others that name the call do not. */
    public Decision decide(Abi abi, int number, long... arguments) {
        SeenCall call = SeenCall.of(abi, number);
        long[] seen = cut(call.abi(), arguments);
        Ruling ruling = constant(call).orElseGet(() -> byRules(call, seen));
        return new Decision(ruling, Passed.over(this, resolved, call.abi(), call.number(), seen, ruling));
    }

    @Override
    public Map<Outcome, Region> regions(Abi abi, int number, Regions regions) {
        SeenCall call = SeenCall.of(abi, number);
        return constant(call)
                .map(ruling -> Map.of(ruling.outcome(), regions.all()))
                .orElseGet(() -> regions.partition(
                        clauses(call.abi(), call.number()), Clause.mask(call.abi()), defaultOutcome()));
    }

    /** The call's own name is one of these. */
    boolean isNamed(Abi abi, int number, List<String> names) {
        return SyscallTable.of(abi).name(number).map(names::contains).orElse(false);
    }

    List<Clause> clauses(Abi abi, int number) {
        return resolved.clauses(abi, number);
    }

    /** What decides without a look at the rules. */
    private Optional<Ruling> constant(SeenCall call) {
        if (isUnconfined()) {
            return Optional.of(new Ruling.Unconfined());
        }
        Integer last = highest.get(call.abi());
        if (last != null && call.isAbove(last)) {
            return Optional.of(new Ruling.AboveHighest(last));
        }
        if (call.isNone() && !abis().contains(Abi.X32)) {
            return Optional.of(new Ruling.ByDefault(defaultOutcome()));
        }
        Abi meant = call.looksLikeX32() ? Abi.X32 : call.abi();
        return abis().contains(meant) ? Optional.empty() : Optional.of(new Ruling.ForeignAbi(meant));
    }

    private Ruling byRules(SeenCall call, long[] seen) {
        List<Clause> candidates = clauses(call.abi(), call.number());
        return candidates.stream()
                .filter(Clause::isUnconditional)
                .findFirst()
                .or(() -> candidates.stream()
                        .filter(clause -> clause.matches(seen))
                        .findFirst())
                .<Ruling>map(clause -> new Ruling.ByRule(clause.rule()))
                .orElseGet(() -> new Ruling.ByDefault(defaultOutcome()));
    }

    private static long[] cut(Abi abi, long[] arguments) {
        if (arguments.length > 6) {
            throw new IllegalArgumentException(arguments.length + " arguments: a call has at most 6");
        }
        long[] seen = Arrays.copyOf(arguments, 6);
        long mask = Clause.mask(abi);
        for (int i = 0; i < seen.length; i++) {
            seen[i] &= mask;
        }
        return seen;
    }
}
