package profgen.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import profgen.filter.Decision;
import profgen.filter.Filter;
import profgen.filter.Outcome;
import profgen.filter.Region;
import profgen.filter.Regions;
import profgen.filter.Undecided;
import profgen.profile.ArgumentTest;
import profgen.syscall.Abi;
import profgen.syscall.SyscallTable;

/** One recorded call against one filter. */
final class NeedCheck {
    private static final String CLONE3 = "clone3";
    /** Where clone has the signal for its end, clone3's flags have others. */
    private static final long CLONE_FLAGS = 0xFFFFFF00L;

    private final Filter filter;
    private final Need need;
    private final Regions regions = new Regions();

    NeedCheck(Filter filter, Need need) {
        this.filter = filter;
        this.need = need;
    }

    List<Finding> findings() {
        Optional<Abi> abi = need.id().knownAbi();
        if (abi.isEmpty()) {
            String why = "the profile does not open the ABI " + need.id().abi();
            return filter.isUnconfined()
                    ? List.of()
                    : List.of(finding(Finding.Kind.DENIED, "", Outcome.KILL_THREAD.inWords(), why, null));
        }
        try {
            return findings(abi.get());
        } catch (Undecided hard) {
            String why = "its rules are too hard to decide: " + hard.getMessage();
            return List.of(finding(Finding.Kind.UNDECIDED, "", "undecided", why, null));
        }
    }

    private List<Finding> findings(Abi abi) {
        Map<Outcome, Region> parts = filter.regions(abi, need.id().number(), regions);
        Region open = part(parts, 2);
        if (open.isAll()) {
            return List.of();
        }
        if (open.isEmpty() && part(parts, 1).isEmpty()) {
            return List.of(denied(abi));
        }
        List<Finding> findings = new ArrayList<>();
        need.tuples().forEach(tuple -> tuple(abi, tuple, parts).ifPresent(findings::add));
        if (!need.allKnown()) {
            Region rest = open.complement();
            String why = need.tuples().isEmpty()
                    ? "the profile asks for its arguments, and they were not recorded"
                    : "the profile asks for its arguments, and not all that were used were kept";
            findings.add(undecided(abi, "", rest, why));
        }
        return findings;
    }

    private Region part(Map<Outcome, Region> parts, int openness) {
        Region union = regions.none();
        for (Map.Entry<Outcome, Region> part : parts.entrySet()) {
            if (Direction.openness(part.getKey()) == openness) {
                union = union.or(part.getValue());
            }
        }
        return union;
    }

    /** Whatever its arguments. */
    private Finding denied(Abi abi) {
        long[] arguments =
                need.tuples().isEmpty() ? new long[6] : need.tuples().get(0).asCall();
        Witness witness = Witness.of(abi, need.id().number(), arguments);
        Decision decision = decide(witness);
        if (fallsBack(abi, decision.outcome())) {
            String why = "libc then takes clone, which is allowed with the recorded flags";
            return finding(Finding.Kind.FALLBACK, "", decision.outcome().inWords(), why, witness);
        }
        return finding(Finding.Kind.DENIED, "", decision.outcome().inWords(), why(decision), witness);
    }

    private Optional<Finding> tuple(Abi abi, Need.Tuple tuple, Map<Outcome, Region> parts) {
        Region region = tuple.region(regions);
        Region notAllowed = region.minus(part(parts, 2));
        if (notAllowed.isEmpty()) {
            return Optional.empty();
        }
        Witness witness = Witness.of(abi, need.id().number(), tuple.asCall());
        if (region.minus(part(parts, 0)).isEmpty()) {
            Decision decision = decide(witness);
            return Optional.of(finding(
                    Finding.Kind.DENIED, witness.inWords(), decision.outcome().inWords(), why(decision), witness));
        }
        String why = part(parts, 1).and(region).isEmpty()
                ? "the profile asks for an argument whose values were not recorded"
                : "a supervisor or tracer decides";
        return Optional.of(undecided(abi, witness.inWords(), notAllowed, why));
    }

    private Finding undecided(Abi abi, String arguments, Region notAllowed, String why) {
        Witness witness =
                Witness.of(abi, need.id().number(), notAllowed.witness().orElseThrow());
        Outcome answer = filter.outcome(abi, witness.number(), witness.values());
        return finding(Finding.Kind.UNDECIDED, arguments, answer.inWords() + " for " + witness.inWords(), why, witness);
    }

    private Decision decide(Witness witness) {
        return filter.decide(witness.abi(), witness.number(), witness.values());
    }

    /** {@code the default action; rule 7 needs CAP_SYS_NICE, which the bounding set lacks}. */
    private static String why(Decision decision) {
        String passed = decision.passed().stream()
                .map(rule -> "; rule " + rule.profileIndex() + " " + rule.why())
                .collect(Collectors.joining());
        return decision.ruling().inWords() + passed;
    }

    /** A libc whose clone3 is answered with ENOSYS takes clone, with the same flags as far as clone has them. */
    private boolean fallsBack(Abi abi, Outcome answer) {
        OptionalInt clone = SyscallTable.of(abi).number("clone");
        return need.id().name().equals(Optional.of(CLONE3))
                && answer.equals(Outcome.errno(Outcome.ENOSYS))
                && clone.isPresent()
                && need.allKnown()
                && !need.flagsInMemory().isEmpty()
                && need.flagsInMemory().stream().allMatch(flags -> allowsClone(abi, clone.getAsInt(), flags));
    }

    private boolean allowsClone(Abi abi, int number, long flags) {
        Region asked = regions.of(ArgumentTest.masked(0, CLONE_FLAGS, flags & CLONE_FLAGS))
                .and(regions.of(ArgumentTest.masked(0, 0xFFFFFFFF00000000L, 0)));
        return asked.minus(part(filter.regions(abi, number, regions), 2)).isEmpty();
    }

    private Finding finding(Finding.Kind kind, String arguments, String answer, String why, @Nullable Witness witness) {
        String name = need.id().name().orElse(Integer.toString(need.id().number()));
        boolean isNative =
                need.id().abi().equals(filter.host().arch().nativeAbi().label());
        String call =
                isNative && need.id().name().isPresent() ? name : need.id().abi() + " " + name;
        return new Finding(
                kind,
                call,
                arguments,
                answer,
                why,
                List.copyOf(need.executables()),
                RunHost.inWords(filter.host()),
                witness,
                witness == null ? OptionalInt.empty() : decide(witness).rule());
    }
}
