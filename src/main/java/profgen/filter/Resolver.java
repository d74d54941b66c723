package profgen.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import profgen.profile.Action;
import profgen.profile.ArgumentTest;
import profgen.profile.Profile;
import profgen.profile.Rule;
import profgen.syscall.Abi;
import profgen.syscall.SyscallTable;

/** Profile + Host -> Filter, as the host's engine and its runtime read the file. */
public final class Resolver {
    private final Profile profile;
    private final Host host;
    private final List<Rule> kept = new ArrayList<>();
    private final List<FilterRule> rules = new ArrayList<>();
    private final List<DroppedRule> dropped = new ArrayList<>();
    private final Set<String> unknownNames = new TreeSet<>();

    private Resolver(Profile profile, Host host) {
        this.profile = profile;
        this.host = host;
    }

    /** Never fails: what an engine would refuse is in {@link Filter#refusals}. */
    public static Filter resolve(Profile profile, Host host) {
        return new Filter(new Resolver(profile, host).resolve());
    }

    private Resolved resolve() {
        Outcome byDefault = defaultOutcome();
        Gates gates = new Gates(host);
        for (int index = 0; index < profile.syscalls().size(); index++) {
            Rule rule = profile.syscalls().get(index);
            gates.drops(index, rule).ifPresentOrElse(dropped::add, keeper(index, rule, byDefault));
        }
        List<String> architectures = architectures();
        return new Resolved(
                profile,
                host,
                architectures,
                abis(architectures),
                byDefault,
                kept,
                rules,
                dropped,
                unknownNames,
                Refusals.of(profile, kept));
    }

    private Runnable keeper(int index, Rule rule, Outcome byDefault) {
        return () -> keep(index, rule, byDefault);
    }

    private void keep(int index, Rule rule, Outcome byDefault) {
        kept.add(rule);
        Outcome outcome = outcome(rule.action(), rule.errnoRet());
        if (outcome.equals(byDefault)) {
            dropped.add(DroppedRule.of(index, rule, DroppedRule.Cause.SAME_AS_DEFAULT, byDefault.inWords()));
            return;
        }
        rule.names().stream().filter(name -> !SyscallTable.isKnown(name)).forEach(unknownNames::add);
        for (List<ArgumentTest> tests : alternatives(rule.args())) {
            rules.add(new FilterRule(index, rule.names(), outcome, tests));
        }
    }

    /** Two tests of one argument: the runtimes then make a rule of every test, so that the AND becomes an OR. */
    private static List<List<ArgumentTest>> alternatives(List<ArgumentTest> tests) {
        long indexes = tests.stream().mapToInt(ArgumentTest::index).distinct().count();
        return indexes == tests.size()
                ? List.of(tests)
                : tests.stream().map(List::of).toList();
    }

    /** A file without a default action that is not unconfined is refused; ERRNO stands in for it. */
    private Outcome defaultOutcome() {
        if (profile.isUnconfined()) {
            return Outcome.ALLOW;
        }
        Action action = profile.defaultAction();
        Integer errno = host.engine().readsDefaultErrno() ? profile.defaultErrnoRet() : null;
        return outcome(action == null ? Action.ERRNO : action, errno);
    }

    private static Outcome outcome(Action action, @Nullable Integer errno) {
        int data = errno == null ? Outcome.EPERM : errno;
        return new Outcome(action, Math.max(0, Math.min(data, Outcome.MAX_ERRNO)));
    }

    private List<String> architectures() {
        if (!host.engine().findsArchMap(host.arch())) {
            return profile.architectures();
        }
        List<String> names = new ArrayList<>(profile.architectures());
        profile.archMap().stream()
                .filter(entry -> entry.architecture().equals(host.arch().scmpName()))
                .findFirst()
                .ifPresent(entry -> {
                    names.add(entry.architecture());
                    names.addAll(entry.subArchitectures());
                });
        return names;
    }

    /** libseccomp's filter always has the native ABI, named or not; ABIs of other machines change nothing here. */
    private SortedSet<Abi> abis(List<String> architectures) {
        SortedSet<Abi> abis = new TreeSet<>();
        abis.add(host.arch().nativeAbi());
        for (Abi abi : Abi.values()) {
            if (abi.arch() == host.arch() && architectures.contains(abi.scmpName())) {
                abis.add(abi);
            }
        }
        return abis;
    }
}
