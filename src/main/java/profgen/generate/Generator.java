package profgen.generate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import profgen.RecordingException;
import profgen.capability.CapabilitySet;
import profgen.generate.Generated.LeftOut;
import profgen.profile.ArgumentTest;
import profgen.profile.Condition;
import profgen.profile.Profile;
import profgen.profile.Rule;
import profgen.recording.Recording;
import profgen.syscall.Abi;
import profgen.syscall.Arch;
import profgen.syscall.KernelVersion;

/**
 * Makes the smallest profile that still runs what was recorded, and is never weaker than Docker's default unless the policy
 * asks for it: each rule is one of Docker's, or narrower.
 */
public final class Generator {
    private static final int EPERM = 1;
    /** Since it, tracing is after the filter, which Docker's default asks for; every kernel in use is newer. */
    private static final KernelVersion ANY_KERNEL = new KernelVersion(4, 8);

    private final Recording recording;
    private final Policy policy;
    private final Target target;
    private final DockerRules docker = DockerRules.NEWEST;
    private final SortedMap<String, Need> needs;
    private final RuleBook book = new RuleBook();
    private final List<Generated.Gate> gates = new ArrayList<>();
    private final List<String> lifted = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();
    private final SortedSet<String> beyond = new TreeSet<>();

    private Generator(Recording recording, Policy policy) {
        this.recording = recording;
        this.policy = policy;
        this.target = target(recording, policy);
        Needs all = Needs.of(Evidence.of(recording), policy, target);
        needs = all.byName();
        leftOut.addAll(all.missing());
        leftOut.addAll(Unnamed.in(recording));
    }

    public static Generated generate(Recording recording, Policy policy) {
        return new Generator(recording, policy).generate();
    }

    private static Target target(Recording recording, Policy policy) {
        SortedSet<Arch> arches = new TreeSet<>(policy.arches());
        if (arches.isEmpty()) {
            recording.runs().forEach(run -> arches.add(run.provenance().arch()));
        }
        if (arches.isEmpty()) {
            throw new RecordingException("recording: no run in it, so that nothing says what to allow");
        }
        List<Abi> abis = recording.abiLabels().stream()
                .flatMap(label -> Abi.byLabel(label).stream())
                .toList();
        return Target.of(arches, abis, policy.kernel());
    }

    private Generated generate() {
        for (Need need : needs.values()) {
            if (policy.deny().containsKey(need.name())) {
                if (need.plain() == RuleBook.Group.SEEN) {
                    leftOut.add(new LeftOut(need.name(), LeftOut.Kind.DENIED, "recorded, but denied by policy", ""));
                }
            } else if (!need.name().equals(CloneRules.CLONE) && !need.name().equals(CloneRules.CLONE3)) {
                allow(need);
            }
        }
        CloneRules clone = new CloneRules(book, target, needs);
        clone.clone(policy).ifPresent(gates::add);
        clone.clone3(policy).ifPresent(gates::add);
        new Answers(book, policy, target).add(beyond);
        gates.sort(Comparator.comparing(Generated.Gate::name));
        leftOut.sort(Comparator.comparing(LeftOut::kind).thenComparing(LeftOut::what));
        return new Generated(
                profile(), counts(), gates, lifted, leftOut, new Remarks(recording, policy, target, needs).all());
    }

    private Profile profile() {
        return new Profile(
                policy.defaultAction().action(),
                policy.defaultAction() == Policy.DefaultAction.ERRNO ? EPERM : null,
                target.archMap(),
                List.of(),
                null,
                null,
                null,
                book.rules());
    }

    private void allow(Need need) {
        List<Rule> rules = docker.allowing(need.name(), need.arches(), target.kernel());
        String reason = policy.allowBeyond().get(need.name());
        Optional<Generated.Gate> gate = Gating.of(need, rules, target);
        if (reason != null) {
            allowBeyond(need, rules, reason);
        } else if (rules.isEmpty()) {
            beyond.add(need.name());
            leave(need.name(), LeftOut.Kind.BEYOND, "Docker's default denies it", need.name());
        } else if (gate.isPresent() && gate.get().liftable() && policy.gates() == Policy.Gates.OBSERVED) {
            String capability = gate.get().opener().name();
            lifted.add(need.name());
            book.add(
                    need.plain(),
                    plain(
                            need,
                            need.comment() + " without " + capability
                                    + ": Docker's gate is lifted, the kernel itself checks"));
        } else if (ArgumentLimits.fits(rules)) {
            limit(need, new ArgumentLimits(need.name(), rules));
        } else {
            gate.ifPresent(gates::add);
            rules.forEach(rule -> book.add(need.plain(), dressed(rule, need)));
        }
    }

    /** One of Docker's rules, with the reason why this profile has it. */
    private Rule dressed(Rule rule, Need need) {
        Condition in = rule.includes();
        String comment = need.comment();
        if (!in.caps().isEmpty() || !rule.excludes().caps().isEmpty()) {
            comment += "; Docker's gate";
        } else if (!in.isEmpty() || !rule.excludes().isEmpty()) {
            comment += "; the condition is Docker's";
        }
        List<String> onlyOn = target.onlyOn(need.name(), need.arches());
        Condition includes = new Condition(in.caps(), onlyOn.isEmpty() ? in.arches() : onlyOn, in.minKernel());
        return rule.withIncludes(includes).withComment(comment);
    }

    private Rule plain(Need need, String comment) {
        List<String> onlyOn = target.onlyOn(need.name(), need.arches());
        return Rule.allow(List.of(need.name()), comment).withIncludes(new Condition(List.of(), onlyOn, null));
    }

    private void limit(Need need, ArgumentLimits limits) {
        ArgumentLimits.Limits narrowed = limits.narrowed(need.limits());
        for (String value : narrowed.denied()) {
            String why = "Docker's default denies this value";
            leave(need.name() + " with " + value, LeftOut.Kind.BEYOND_VALUE, why, need.name());
        }
        narrowed.tests().forEach(test -> addTest(need, need.plain(), need.comment(), test));
    }

    private void addTest(Need need, RuleBook.Group group, String comment, ArgumentTest test) {
        book.add(
                group,
                plain(need, comment + ": " + ArgumentLimits.inWords(need.name(), test))
                        .withArgs(List.of(test)));
    }

    private void allowBeyond(Need need, List<Rule> rules, String reason) {
        String comment = "allowed beyond Docker's default by policy" + (reason.isEmpty() ? "" : ": " + reason);
        boolean limited = ArgumentLimits.fits(rules);
        if (rules.size() == 1 && DockerRules.isUnconditional(rules.get(0))) {
            book.add(need.plain(), plain(need, need.comment()));
        } else if (limited
                && need.evidence() != null
                && need.evidence().values(index(rules)).isPresent()) {
            ArgumentLimits limits = new ArgumentLimits(need.name(), rules);
            List<ArgumentTest> within = limits.narrowed(need.evidence()).tests();
            within.forEach(test -> addTest(need, need.plain(), need.comment(), test));
            ArgumentLimits.beyond(need.name(), index(rules), need.evidence()).stream()
                    .filter(test -> !within.contains(test))
                    .forEach(test -> addTest(need, RuleBook.Group.POLICY, comment, test));
        } else {
            book.add(RuleBook.Group.POLICY, plain(need, comment));
        }
    }

    private static int index(List<Rule> rules) {
        return rules.get(0).args().get(0).index();
    }

    private void leave(String what, LeftOut.Kind kind, String why, String name) {
        leftOut.add(new LeftOut(what, kind, why, "--allow-beyond " + name));
    }

    private Generated.Counts counts() {
        Map<RuleBook.Group, Integer> counts = new EnumMap<>(RuleBook.Group.class);
        for (String name : book.allowed()) {
            Need need = needs.get(name);
            RuleBook.Group why = need == null ? RuleBook.Group.SEEN : need.plain();
            counts.merge(why == RuleBook.Group.PROJECTED ? RuleBook.Group.SEEN : why, 1, Integer::sum);
        }
        KernelVersion kernel = recording.runs().stream()
                .flatMap(run -> KernelVersion.parseRelease(run.provenance().kernel()).stream())
                .findFirst()
                .orElse(ANY_KERNEL);
        int allows = docker.countAllowed(
                target.arches().first(),
                CapabilitySet.DOCKER_DEFAULT,
                target.kernel() == null ? kernel : target.kernel());
        return new Generated.Counts(
                counts.getOrDefault(RuleBook.Group.SEEN, 0),
                counts.getOrDefault(RuleBook.Group.FLOOR, 0),
                counts.getOrDefault(RuleBook.Group.IMPLICIT, 0),
                counts.getOrDefault(RuleBook.Group.POLICY, 0),
                allows);
    }
}
