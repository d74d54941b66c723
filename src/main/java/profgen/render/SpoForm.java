package profgen.render;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import profgen.BadInputException;
import profgen.filter.Engine;
import profgen.filter.Filter;
import profgen.filter.Outcome;
import profgen.filter.Resolver;
import profgen.profile.Action;
import profgen.profile.ArgumentTest;
import profgen.profile.Condition;
import profgen.profile.Profile;
import profgen.profile.Rule;
import profgen.syscall.Abi;
import profgen.syscall.SyscallTable;

/**
 * A SeccompProfile of the Security Profiles Operator, v1beta1: OCI's structure but for {@code defaultErrnoRet}, some architectures and
 * flags, an errno of 0 and values of more than 63 bits.
 */
final class SpoForm {
    private static final int LONGEST_NAME = 253;
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Set<String> ARCHITECTURES = Set.of(
            "NATIVE X86 X86_64 X32 ARM AARCH64 MIPS MIPS64 MIPS64N32 MIPSEL MIPSEL64 MIPSEL64N32 PPC PPC64 PPC64LE"
                    .concat(" S390 S390X PARISC PARISC64 RISCV64")
                    .split(" ", -1));
    private static final Set<String> FLAGS = Set.of("TSYNC", "LOG", "SPEC_ALLOW", "WAIT_KILLABLE_RECV");

    private final Filter policy;
    private final List<Remark> remarks;

    private SpoForm(Filter policy) {
        this.policy = policy;
        this.remarks = new ArrayList<>(FlatForm.decided(policy));
    }

    static Rendered render(Filter policy, String name) {
        if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
            throw new BadInputException(
                    "resource name " + name + ": expected lower-case letters, digits, - and ., at most " + LONGEST_NAME,
                    "choose one with --name");
        }
        SpoForm form = new SpoForm(policy);
        Profile profile = form.profile();
        form.remarks.addAll(Sameness.remarks(
                policy,
                Resolver.resolve(
                        profile,
                        policy.host().withEngine(Engine.parse("containerd").orElseThrow()))));
        return Rendered.of(SpoYaml.of(name, profile), form.remarks);
    }

    private Profile profile() {
        Profile flat = policy.toProfile();
        List<Rule> rules = new ArrayList<>();
        flat.syscalls().forEach(rule -> {
            if (rule.args().stream().allMatch(SpoForm::isExpressible)) {
                rules.add(expressible(rule));
            } else {
                left(Remark.Kind.HINT, "a value of 64 bits, of which the resource has 63", rule.names());
            }
        });
        rules.addAll(byDefault());
        return new Profile(
                policy.isUnconfined() ? Action.ALLOW : flat.defaultAction(),
                null,
                List.of(),
                kept(flat.architectures(), "SCMP_ARCH_", ARCHITECTURES),
                flags(flat.flags()),
                flat.listenerPath(),
                flat.listenerMetadata(),
                rules);
    }

    private static boolean isExpressible(ArgumentTest test) {
        return test.value() >= 0 && test.valueTwo() >= 0;
    }

    /** The resource takes a name once in a rule, and 0 for no errno at all. */
    private static Rule expressible(Rule rule) {
        Integer errno = rule.errnoRet();
        return rule(
                List.copyOf(new LinkedHashSet<>(rule.names())),
                rule.action(),
                errno == null || errno == 0 ? null : errno,
                rule.args());
    }

    private static Rule rule(List<String> names, Action action, @Nullable Integer errno, List<ArgumentTest> tests) {
        return new Rule(names, action, errno, tests, Condition.NONE, Condition.NONE, "");
    }

    /** The default errno in rules for all names that have it, and runc's ENOSYS, which then has no room. */
    private List<Rule> byDefault() {
        Outcome outcome = policy.defaultOutcome();
        if (outcome.action() != Action.ERRNO || outcome.data() == Outcome.EPERM || outcome.data() == 0) {
            return List.of();
        }
        Set<String> newer = EnosysRules.names(policy);
        Set<String> names = new TreeSet<>();
        Set<String> ruled = new TreeSet<>(newer);
        for (Abi abi : policy.abis()) {
            SyscallTable.of(abi)
                    .names()
                    .forEach((number, name) -> (policy.numbers(abi).contains(number) ? ruled : names).add(name));
        }
        names.removeAll(ruled);
        List<Rule> rules = new ArrayList<>();
        rules.add(rule(List.copyOf(names), Action.ERRNO, outcome.data(), List.of()));
        if (!newer.isEmpty()) {
            rules.add(rule(List.copyOf(newer), Action.ERRNO, Outcome.ENOSYS, List.of()));
        }
        return rules.stream().filter(rule -> !rule.names().isEmpty()).toList();
    }

    private @Nullable List<String> flags(@Nullable List<String> flags) {
        if (flags == null) {
            return null;
        }
        List<String> kept = kept(flags, "SECCOMP_FILTER_FLAG_", FLAGS);
        if (kept.isEmpty()) {
            remarks.add(new Remark(
                    Remark.Kind.HINT,
                    "an empty list of flags cannot be said: runtimes set SECCOMP_FILTER_FLAG_SPEC_ALLOW"));
            return null;
        }
        return kept;
    }

    private List<String> kept(List<String> written, String prefix, Set<String> known) {
        Set<String> kept = new LinkedHashSet<>();
        Set<String> lost = new TreeSet<>();
        for (String name : written) {
            boolean expressible = name.startsWith(prefix) && known.contains(name.substring(prefix.length()));
            (expressible ? kept : lost).add(name);
        }
        lost.removeIf(name -> isNative(name));
        if (!lost.isEmpty()) {
            left(Remark.Kind.HINT, "the resource has no such name", lost);
        }
        return List.copyOf(kept);
    }

    /** A filter is for the native ABI whether it is named or not. */
    private boolean isNative(String architecture) {
        Abi own = policy.host().arch().nativeAbi();
        return own.scmpName().equals(architecture);
    }

    private void left(Remark.Kind kind, String why, Iterable<String> names) {
        Set<String> sorted = new TreeSet<>();
        names.forEach(sorted::add);
        remarks.add(new Remark(kind, "left out, " + why + ": " + Sameness.some(sorted)));
    }
}
