package profgen.generate;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import profgen.capability.Capability;
import profgen.capability.CapabilitySet;
import profgen.profile.Action;
import profgen.profile.ArgumentTest;
import profgen.profile.Condition;
import profgen.profile.EnosysCalls;
import profgen.profile.Rule;
import profgen.syscall.Arch;
import profgen.syscall.Symbols;

/**
 * clone and clone3, which make processes and threads, and namespaces too. clone's flags can be tested; clone3's are in memory,
 * so that it is answered with ENOSYS and libc takes clone: a recording with clone3 alone needs the rule for clone.
 */
final class CloneRules {
    static final String CLONE = "clone";
    static final String CLONE3 = "clone3";

    /** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET, as Docker's rule masks them. */
    static final long NAMESPACES = 0x7E020000L;

    /** CLONE_NEWTIME and CLONE_INTO_CGROUP: with these, clone cannot take clone3's place. */
    private static final long CLONE3_ONLY = 0x80L | 0x2_0000_0000L;

    private static final Condition SYS_ADMIN = new Condition(List.of("CAP_SYS_ADMIN"), List.of(), null);
    /** There the flags are another argument; Docker's rule leaves these architectures out as well. */
    private static final List<String> OTHER_ORDER = List.of("s390", "s390x");

    private final RuleBook book;
    private final @Nullable Need clone;
    private final @Nullable Need clone3;
    /** Of both calls; empty if not every value is known. */
    private final Optional<Long> flags;

    private final long clone3Flags;
    private final List<String> onlyOn;

    CloneRules(RuleBook book, Target target, SortedMap<String, Need> needs) {
        this.book = book;
        this.clone = needs.get(CLONE);
        this.clone3 = needs.get(CLONE3);
        this.flags = flags(clone).flatMap(own -> flags(clone3).map(other -> own | other));
        this.clone3Flags = flags(clone3).orElse(0L);
        SortedSet<Arch> arches = new TreeSet<>();
        Stream.of(CLONE, CLONE3)
                .flatMap(name -> Stream.ofNullable(needs.get(name)))
                .forEach(need -> arches.addAll(need.arches()));
        this.onlyOn = target.onlyOn(CLONE, arches);
    }

    private static Optional<Long> flags(@Nullable Need need) {
        if (need == null || need.evidence() == null) {
            return Optional.of(0L);
        }
        Optional<SortedSet<Long>> values = need.evidence().values(0);
        return values.map(all -> all.stream().reduce(0L, (a, b) -> a | b));
    }

    /** @return the gate that is left in the profile, if there is one */
    Optional<Generated.Gate> clone(Policy policy) {
        Need need = clone == null ? clone3 : clone;
        if (need == null || policy.deny().containsKey(CLONE)) {
            return Optional.empty();
        }
        long asked = flags.map(value -> value & NAMESPACES).orElse(NAMESPACES);
        String beyond = policy.allowBeyond().get(CLONE);
        if (beyond != null) {
            long open = flags.isEmpty() || asked == 0 ? NAMESPACES : asked;
            add(
                    masked(open),
                    "allowed beyond Docker's default by policy" + reason(beyond),
                    Condition.NONE,
                    elsewhere());
            return Optional.empty();
        }
        String told = clone == null ? "libc calls it where clone3 is answered with ENOSYS" : need.comment();
        if (asked == 0 && !need.everyValue()) {
            add(masked(0), told + "; no new namespaces, as in Docker's default", Condition.NONE, elsewhere());
            return Optional.empty();
        }
        Condition closed = new Condition(List.of("CAP_SYS_ADMIN"), OTHER_ORDER, null);
        add(masked(0), told + "; no new namespaces without CAP_SYS_ADMIN: Docker's gate", Condition.NONE, closed);
        add(
                masked(need.everyValue() ? NAMESPACES : asked),
                told + "; " + namespaces(need.everyValue() ? NAMESPACES : asked) + " with CAP_SYS_ADMIN: Docker's gate",
                SYS_ADMIN,
                elsewhere());
        return Optional.of(Gating.gate(
                CLONE,
                List.of(CapabilitySet.of(List.of(Capability.CAP_SYS_ADMIN))),
                asked == 0 ? null : need.evidence()));
    }

    /** Always a rule: without one, some runtimes answer EPERM, which libc takes as final. */
    Optional<Generated.Gate> clone3(Policy policy) {
        String hidden = "its flags are in memory, where a filter cannot look: ENOSYS makes libc take clone";
        String beyond = policy.allowBeyond().get(CLONE3);
        if (beyond != null && !policy.deny().containsKey(CLONE3)) {
            book.add(
                    RuleBook.Group.POLICY,
                    Rule.allow(List.of(CLONE3), "allowed beyond Docker's default by policy" + reason(beyond)));
            return Optional.empty();
        }
        boolean wanted = (clone3Flags & (NAMESPACES | CLONE3_ONLY)) != 0
                || policy.allow().containsKey(CLONE3);
        if (clone3 == null || !wanted || policy.deny().containsKey(CLONE3)) {
            String denied = policy.deny().get(CLONE3);
            book.add(RuleBook.Group.ARGUMENT, answer(denied == null ? hidden : Answers.denied(denied)));
            return Optional.empty();
        }
        book.add(RuleBook.Group.ARGUMENT, answer(hidden).withExcludes(SYS_ADMIN));
        book.add(
                RuleBook.Group.CAPABILITY,
                Rule.allow(List.of(CLONE3), clone3.comment() + "; Docker's gate")
                        .withIncludes(SYS_ADMIN));
        return Optional.of(
                Gating.gate(CLONE3, List.of(CapabilitySet.of(List.of(Capability.CAP_SYS_ADMIN))), clone3.evidence()));
    }

    private void add(List<ArgumentTest> tests, String comment, Condition includes, Condition excludes) {
        book.add(
                RuleBook.Group.ARGUMENT,
                Rule.allow(List.of(CLONE), comment)
                        .withArgs(tests)
                        .withIncludes(new Condition(includes.caps(), onlyOn, null))
                        .withExcludes(excludes));
    }

    /** No namespace but {@code open}. */
    private static List<ArgumentTest> masked(long open) {
        long mask = NAMESPACES & ~open;
        return mask == 0 ? List.of() : List.of(ArgumentTest.masked(0, mask, 0));
    }

    private static String namespaces(long open) {
        return open == NAMESPACES ? "any" : Symbols.render(CLONE, 0, open);
    }

    private static Condition elsewhere() {
        return new Condition(List.of(), OTHER_ORDER, null);
    }

    private static Rule answer(String comment) {
        return new Rule(
                List.of(CLONE3), Action.ERRNO, EnosysCalls.ENOSYS, List.of(), Condition.NONE, Condition.NONE, comment);
    }

    private static String reason(String text) {
        return text.isEmpty() ? "" : ": " + text;
    }
}
