package profgen.lint;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import profgen.filter.FilterRule;
import profgen.filter.Host;
import profgen.filter.Outcome;
import profgen.filter.Resolver;
import profgen.profile.Profile;
import profgen.profile.Rule;

/** Several rules for one name: which of them answers for it on no host at all. */
final class OverlapCheck implements Check {
    /** Names in rules, times hosts: some seconds. */
    private static final long MOST_LOOKS = 20_000_000;

    @Override
    public void examine(Subject subject, Scope scope, Consumer<Finding> findings) {
        Profile profile = subject.profile();
        OverlapHosts hosts = new OverlapHosts(profile, scope);
        long names = profile.syscalls().stream()
                .mapToLong(rule -> rule.names().size() + 1)
                .sum();
        if (names * hosts.count() > MOST_LOOKS) {
            findings.accept(Finding.of(LintRule.TOO_LARGE, "", "rules for one name were not compared"));
            return;
        }
        Uses uses = new Uses(profile, repeated(profile));
        if (!uses.repeated.isEmpty()) {
            hosts.all().forEach(uses::look);
        }
        uses.losers.forEach((use, winner) -> {
            if (!uses.winners.contains(use)) {
                findings.accept(uses.finding(use, winner));
            }
        });
    }

    /** Names in more than one rule. */
    private static Set<String> repeated(Profile profile) {
        Set<String> seen = new HashSet<>();
        Set<String> repeated = new HashSet<>();
        for (Rule rule : profile.syscalls()) {
            Set<String> names = new HashSet<>(rule.names());
            names.stream().filter(seen::contains).forEach(repeated::add);
            seen.addAll(names);
        }
        return repeated;
    }

    /** A rule for a name. */
    private record Use(int rule, String name) {}

    private static final class Uses {
        private final Profile profile;
        private final Resolver resolver;
        private final Set<String> repeated;
        private final Set<Use> winners = new HashSet<>();
        private final Map<Use, Integer> losers = new HashMap<>();

        Uses(Profile profile, Set<String> repeated) {
            this.profile = profile;
            this.resolver = Resolver.of(profile);
            this.repeated = repeated;
        }

        void look(Host host) {
            Map<String, First> byName = new HashMap<>();
            List<FilterRule> rules = resolver.on(host).rules();
            for (FilterRule rule : rules) {
                rule.names().stream()
                        .filter(repeated::contains)
                        .forEach(name ->
                                byName.computeIfAbsent(name, key -> new First()).add(rule));
            }
            boolean readsGates = host.engine().kind().readsConditions();
            for (FilterRule rule : rules) {
                for (String name : rule.names()) {
                    First first = byName.get(name);
                    if (first != null) {
                        judge(rule.profileIndex(), name, first.answersInsteadOf(rule), readsGates);
                    }
                }
            }
        }

        /** What comes of gates that an engine does not read is another finding. */
        private void judge(int rule, String name, int winner, boolean readsGates) {
            boolean gateUnread = !readsGates && (isGated(winner) || isGated(rule));
            Use use = new Use(rule, name);
            if (winner == rule || gateUnread) {
                winners.add(use);
            } else {
                losers.putIfAbsent(use, winner);
            }
        }

        private boolean isGated(int index) {
            return GateCheck.isGated(profile.syscalls().get(index));
        }

        Finding finding(Use use, int winner) {
            Rule lost = profile.syscalls().get(use.rule());
            Rule won = profile.syscalls().get(winner);
            boolean same = lost.action() == won.action()
                    && Outcome.errnoOf(lost.errnoRet()) == Outcome.errnoOf(won.errnoRet());
            boolean twice = same
                    && lost.args().equals(won.args())
                    && lost.includes().equals(won.includes())
                    && lost.excludes().equals(won.excludes());
            LintRule kind = twice ? LintRule.NAME_TWICE : same ? LintRule.SHADOWED_RULE : LintRule.NAME_CONFLICT;
            return Finding.of(
                    kind,
                    "syscalls[" + use.rule() + "]",
                    Finding.shown(use.name()) + ": rule " + winner + " ("
                            + won.action().scmpName() + ") always answers instead");
        }
    }

    /** Of the rules for one name on one host: the first without tests, and the first with each list of tests. */
    private static final class First {
        private final Map<List<?>, Integer> byTests = new HashMap<>();

        void add(FilterRule rule) {
            byTests.putIfAbsent(rule.tests(), rule.profileIndex());
        }

        int answersInsteadOf(FilterRule rule) {
            Integer always = byTests.get(List.of());
            return always != null ? always : byTests.getOrDefault(rule.tests(), rule.profileIndex());
        }
    }
}
