package profgen.filter;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import profgen.profile.Action;
import profgen.profile.ErrnoNames;
import profgen.profile.Profile;
import profgen.profile.Rule;
import profgen.syscall.Abi;

/** Profile + Host -> Filter, as the host's engine and its runtime read the file. */
public final class Resolver {
    private final Profile profile;
    private final RuleIndex index;

    private final @Nullable Resolver byErrnoNames;

    private Resolver(Profile profile) {
        this.profile = profile;
        this.index = new RuleIndex(profile);
        Profile numbered = ErrnoNames.numbered(profile);
        this.byErrnoNames = numbered.equals(profile) ? null : new Resolver(numbered);
    }

    /** For many hosts: what does not depend on the host is done once. */
    public static Resolver of(Profile profile) {
        return new Resolver(profile);
    }

    /** Never fails: what an engine would refuse is in {@link Filter#refusals}. */
    public static Filter resolve(Profile profile, Host host) {
        return of(profile).on(host);
    }

    /** As {@link #resolve}. */
    public Filter on(Host host) {
        if (byErrnoNames != null && host.engine().kind().readsErrnoNames()) {
            return byErrnoNames.on(host);
        }
        Outcome byDefault = defaultOutcome(host);
        Gates gates = new Gates(host);
        BitSet kept = new BitSet();
        BitSet enforced = new BitSet();
        List<DroppedRule> dropped = new ArrayList<>();
        for (int place = 0; place < profile.syscalls().size(); place++) {
            Rule rule = profile.syscalls().get(place);
            Optional<DroppedRule> closed = gates.drops(place, rule);
            boolean sameAsDefault = Outcome.of(rule.action(), rule.errnoRet()).equals(byDefault);
            kept.set(place, closed.isEmpty());
            enforced.set(place, closed.isEmpty() && !sameAsDefault);
            if (closed.isPresent()) {
                dropped.add(closed.get());
            } else if (sameAsDefault) {
                dropped.add(DroppedRule.of(place, rule, DroppedRule.Cause.SAME_AS_DEFAULT, byDefault.inWords()));
            }
        }
        List<String> architectures = architectures(host);
        return new Filter(new Resolved(
                profile, host, index, architectures, abis(host, architectures), byDefault, kept, enforced, dropped));
    }

    /** A file without a default action that is not unconfined is refused; ERRNO stands in for it. */
    private Outcome defaultOutcome(Host host) {
        if (profile.isUnconfined()) {
            return Outcome.ALLOW;
        }
        Action action = profile.defaultAction();
        Integer errno = host.engine().readsDefaultErrno() ? profile.defaultErrnoRet() : null;
        return Outcome.of(action == null ? Action.ERRNO : action, errno);
    }

    private List<String> architectures(Host host) {
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
    private static SortedSet<Abi> abis(Host host, List<String> architectures) {
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
