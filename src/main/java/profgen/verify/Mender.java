package profgen.verify;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import profgen.filter.Decision;
import profgen.filter.Filter;
import profgen.filter.Host;
import profgen.filter.Resolver;
import profgen.generate.Generated;
import profgen.generate.Generator;
import profgen.generate.Policy;
import profgen.profile.Action;
import profgen.profile.Profile;
import profgen.profile.Rule;
import profgen.profile.RuntimeFloor;
import profgen.recording.Denial;

/**
 * Adds to a profile what was refused, as the generator would allow it: with Docker's own limits on arguments and its gates, and nothing
 * beyond its default unless it was asked for by name.
 */
public final class Mender {
    /** Its flags are in memory, so it is answered with ENOSYS, and libc takes clone. */
    private static final String CLONE3 = "clone3";

    private final Host host;
    private final SortedSet<String> beyond;
    private final List<String> command;

    /** @param beyond names that may be allowed although Docker's default denies them */
    public Mender(Host host, Collection<String> beyond, List<String> command) {
        this.host = host;
        this.beyond = new TreeSet<>(beyond);
        this.command = List.copyOf(command);
    }

    /** What failed: what was refused to the workload, and what the runtime lacks. */
    public Mended mend(Profile profile, Verification failed) {
        return mend(profile, failed.denied(), failed.floor());
    }

    Mended mend(Profile profile, Collection<DeniedCall> denied, Set<String> floor) {
        List<Denial> denials = denied.stream().map(DeniedCall::denial).toList();
        Set<String> names = new TreeSet<>(floor);
        denials.forEach(denial -> denial.id().name().ifPresent(names::add));
        if (names.isEmpty()) {
            return new Mended(profile, List.of(), List.of());
        }
        Generated generated = Generator.generate(DeniedEvidence.of(denials, host, command), policy(names, floor));
        Set<String> within = new TreeSet<>(names);
        within.removeIf(name -> leftOut(generated, name).isPresent());
        Profile mended = with(profile, additions(generated, profile, names, floor), within);
        Filter after = Resolver.resolve(mended, host);
        SortedSet<String> added = new TreeSet<>(mended.equals(profile) ? Set.of() : floor);
        List<Mended.Refusal> refused = new ArrayList<>();
        for (DeniedCall call : denied) {
            Optional<Decision> decision = DeniedCall.of(call.denial(), after).decision();
            if (decision.isPresent() && !decision.get().outcome().equals(call.outcome())) {
                added.add(call.name());
            } else {
                refused.add(refusal(call, generated));
            }
        }
        return new Mended(
                added.isEmpty() ? profile : mended,
                List.copyOf(added),
                refused.stream().distinct().toList());
    }

    private Policy policy(Set<String> names, Set<String> floor) {
        SortedMap<String, String> allowed = new TreeMap<>();
        SortedMap<String, String> wanted = new TreeMap<>();
        beyond.stream().filter(names::contains).forEach(name -> allowed.put(name, ""));
        floor.forEach(name -> wanted.put(name, ""));
        Policy standard = Policy.DEFAULT;
        return new Policy(
                standard.gates(),
                EnumSet.noneOf(RuntimeFloor.class),
                false,
                false,
                standard.defaultAction(),
                null,
                standard.arches(),
                wanted,
                standard.deny(),
                allowed);
    }

    /** The generator's rules for these names that the profile does not have, with the reason. */
    private List<Rule> additions(Generated generated, Profile profile, Set<String> names, Set<String> floor) {
        List<Rule> rules = new ArrayList<>();
        for (Rule rule : generated.profile().syscalls()) {
            if (rule.action() == Action.ALLOW && profile.defaultAction() == Action.ALLOW) {
                continue;
            }
            List<String> wanted = rule.names().stream()
                    .filter(names::contains)
                    .filter(name -> rule.action() == Action.ALLOW || name.equals(CLONE3))
                    .filter(name -> !has(profile, rule, name))
                    .toList();
            add(rules, rule, wanted.stream().filter(floor::contains).toList(), "is needed by the runtime's start-up");
            add(
                    rules,
                    rule,
                    wanted.stream().filter(name -> !floor.contains(name)).toList(),
                    "was refused to " + program());
        }
        return rules;
    }

    private static void add(List<Rule> rules, Rule rule, List<String> names, String reason) {
        if (!names.isEmpty()) {
            rules.add(rule.withNames(names).withComment("added by profgen verify: " + reason));
        }
    }

    private String program() {
        return command.isEmpty() ? "the workload" : command.get(0);
    }

    private static boolean has(Profile profile, Rule rule, String name) {
        return profile.syscalls().stream()
                .anyMatch(
                        other -> other.names().contains(name) && nameless(other).equals(nameless(rule)));
    }

    private static Rule nameless(Rule rule) {
        return rule.withNames(List.of()).withComment("");
    }

    /**
     * One action for a name: of two rules for it the engines take the first.
     *
     * @param names that may be allowed
     */
    private static Profile with(Profile profile, List<Rule> additions, Set<String> names) {
        Set<String> allowed = new TreeSet<>(profile.defaultAction() == Action.ALLOW ? names : Set.of());
        Set<String> answered = new TreeSet<>();
        additions.forEach(rule -> (rule.action() == Action.ALLOW ? allowed : answered).addAll(rule.names()));
        allowed.removeAll(answered);
        List<Rule> rules = new ArrayList<>();
        for (Rule rule : profile.syscalls()) {
            Set<String> gone = rule.action() == Action.ALLOW ? answered : allowed;
            List<String> kept =
                    rule.names().stream().filter(name -> !gone.contains(name)).toList();
            if (!kept.isEmpty() || rule.names().isEmpty()) {
                rules.add(rule.withNames(kept));
            }
        }
        rules.addAll(additions);
        return profile.withSyscalls(rules);
    }

    private static Optional<Generated.LeftOut> leftOut(Generated generated, String name) {
        return generated.leftOut().stream()
                .filter(one -> one.what().equals(name) || one.what().startsWith(name + " "))
                .findFirst();
    }

    private Mended.Refusal refusal(DeniedCall call, Generated generated) {
        String name = call.denial().id().name().orElse("");
        Optional<Generated.LeftOut> left = leftOut(generated, name);
        if (left.isPresent()) {
            return new Mended.Refusal(
                    left.get().what(), left.get().why(), left.get().remedy());
        }
        return generated.gates().stream()
                .filter(gate -> gate.name().equals(name) && !host.bounding().contains(gate.opener()))
                .findFirst()
                .map(gate -> new Mended.Refusal(
                        name,
                        "Docker's default allows it with " + gate.opener() + " only",
                        "--cap-add " + gate.opener().shortName() + ", or --allow-beyond " + name))
                .orElseGet(() -> new Mended.Refusal(call.name(), call.why(), ""));
    }
}
