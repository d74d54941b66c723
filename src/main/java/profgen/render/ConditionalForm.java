package profgen.render;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import profgen.filter.Engine;
import profgen.filter.Filter;
import profgen.filter.Host;
import profgen.filter.Resolver;
import profgen.profile.Condition;
import profgen.profile.Profile;
import profgen.profile.ProfileWriter;
import profgen.profile.Rule;
import profgen.syscall.Arch;
import profgen.syscall.KernelVersion;

/** For the engines that read conditions: Docker as it is; for Podman and CRI-O kernels are decided and architectures spelled their way too. */
final class ConditionalForm {
    private final List<Host> hosts;
    private final Engine source;
    private final KernelVersion kernel;
    private final List<Remark> remarks = new ArrayList<>();

    private ConditionalForm(List<Host> hosts) {
        this.hosts = hosts;
        this.source = hosts.get(0).engine();
        this.kernel = hosts.get(0).kernel();
    }

    static Rendered render(Form form, Profile profile, List<Host> hosts) {
        ConditionalForm made = new ConditionalForm(hosts);
        if (form == Form.DOCKER || profile.isUnconfined()) {
            if (made.source.version() != null) {
                made.compare(form, profile, profile);
            }
            return Rendered.of(ProfileWriter.write(profile), made.remarks);
        }
        Profile adapted = made.adapt(profile);
        made.compare(form, profile, adapted);
        return Rendered.of(ProfileWriter.write(adapted), made.remarks);
    }

    private Profile adapt(Profile profile) {
        List<Rule> rules = new ArrayList<>();
        for (int index = 0; index < profile.syscalls().size(); index++) {
            Rule rule = adapt(index, profile.syscalls().get(index));
            if (rule != null) {
                rules.add(rule);
            }
        }
        for (Host host : hosts) {
            rules.addAll(EnosysRules.rules(Resolver.resolve(profile, host)));
        }
        return new Profile(
                profile.defaultAction(),
                source.readsDefaultErrno() ? profile.defaultErrnoRet() : null,
                profile.archMap(),
                profile.architectures(),
                profile.flags(),
                profile.listenerPath(),
                profile.listenerMetadata(),
                rules);
    }

    /** Null for a rule that never applies. */
    private @Nullable Rule adapt(int index, Rule rule) {
        KernelVersion from = rule.includes().minKernel();
        KernelVersion until = rule.excludes().minKernel();
        if (from != null || until != null) {
            boolean applies = (from == null || kernel.isAtLeast(from)) && (until == null || !kernel.isAtLeast(until));
            remark(
                    Remark.Kind.DECIDED,
                    index,
                    rule,
                    (from == null ? "before kernel " + until : "from kernel " + from) + ": "
                            + (applies ? "always" : "left out") + ", for kernel " + kernel);
            if (!applies) {
                return null;
            }
        }
        Condition includes = spelled(rule.includes());
        if (includes.arches().isEmpty() && !rule.includes().arches().isEmpty()) {
            remark(
                    Remark.Kind.WITHOUT_EFFECT,
                    index,
                    rule,
                    "for an architecture that Docker spells otherwise: left out");
            return null;
        }
        return rule.withoutErrnoName().withIncludes(includes).withExcludes(spelled(rule.excludes()));
    }

    /** Docker compares with loongarch64 only, or with nothing: where that stands both spellings do, and where it does not neither. */
    private Condition spelled(Condition condition) {
        List<String> spellings = Arch.LOONGARCH64.conditionNames();
        Set<String> arches = new LinkedHashSet<>(condition.arches());
        if (source.conditionArch(Arch.LOONGARCH64).filter(arches::contains).isPresent()) {
            arches.addAll(spellings);
        } else {
            arches.removeAll(spellings);
        }
        return new Condition(condition.caps(), List.copyOf(arches), null);
    }

    private void remark(Remark.Kind kind, int index, Rule rule, String text) {
        String names = Sameness.some(new TreeSet<>(rule.names()));
        remarks.add(new Remark(kind, "rule " + index + " (" + names + "): " + text));
    }

    private void compare(Form form, Profile profile, Profile adapted) {
        Engine consumer = Engine.parse(form.label()).orElseThrow();
        for (Host host : hosts) {
            Filter policy = Resolver.resolve(profile, host);
            remarks.addAll(Sameness.remarks(policy, Resolver.resolve(adapted, host.withEngine(consumer))));
        }
    }
}
