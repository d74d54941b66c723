package profgen.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import profgen.filter.Engine;
import profgen.filter.Filter;
import profgen.filter.FilterRule;
import profgen.filter.LibseccompCheck;
import profgen.filter.Outcome;
import profgen.filter.Resolver;
import profgen.profile.Action;
import profgen.profile.ArgumentTest;
import profgen.profile.Profile;
import profgen.profile.Rule;
import profgen.syscall.Abi;
import profgen.syscall.Arch;
import profgen.syscall.ResourceTable;
import profgen.syscall.SyscallTable;

/** A program in C that makes the filter with libseccomp and executes a command under it. It has no ENOSYS of its own above the highest number. */
final class CForm {
    private static final String FLAG = "SECCOMP_FILTER_FLAG_";

    private final Filter policy;
    private final Filter made;
    private final @Nullable List<String> flags;
    private final List<Remark> remarks;

    private CForm(Filter policy) {
        Profile flat = withEnosys(policy);
        this.policy = policy;
        this.made = Resolver.resolve(
                flat, policy.host().withEngine(Engine.parse("crun").orElseThrow()));
        this.flags = flat.flags();
        this.remarks = new ArrayList<>(FlatForm.decided(policy));
    }

    private static Profile withEnosys(Filter policy) {
        Profile flat = policy.toProfile();
        List<Rule> rules = new ArrayList<>(flat.syscalls());
        rules.addAll(EnosysRules.rules(policy));
        return new Profile(
                flat.defaultAction(),
                flat.defaultErrnoRet(),
                List.of(),
                flat.architectures(),
                flat.flags(),
                null,
                null,
                rules);
    }

    static Rendered render(String name, Filter policy) {
        CForm form = new CForm(policy);
        form.remark();
        return Rendered.of(form.text(name), form.remarks);
    }

    private void remark() {
        remarks.addAll(Sameness.remarks(policy, made));
        hint("it sets no_new_privs: programs with set-user-ID run without that privilege");
        remarks.addAll(FlatForm.flags(policy, Set.of(FLAG + "SPEC_ALLOW", FLAG + "LOG")));
        if (made.rules().stream().anyMatch(rule -> rule.outcome().action() == Action.NOTIFY)) {
            hint("nobody listens to SCMP_ACT_NOTIFY: the calls answer ENOSYS");
        }
        Set<String> doubtful = new TreeSet<>();
        for (Abi abi : made.abis()) {
            made.numbers(abi).stream()
                    .filter(number -> LibseccompCheck.isDoubtful(made, abi, number))
                    .forEach(number ->
                            doubtful.add(SyscallTable.of(abi).name(number).orElse("")));
        }
        if (!doubtful.isEmpty()) {
            hint(
                    "rules that mix operators or actions, which libseccomp can make otherwise than they say (profgen lint compares): "
                            + Sameness.some(doubtful));
        }
    }

    private void hint(String text) {
        remarks.add(new Remark(Remark.Kind.HINT, text));
    }

    private String text(String name) {
        Outcome byDefault = made.defaultOutcome();
        String comments = remarks.stream()
                .map(remark -> " * " + comment(remark.label() + ": " + remark.text()))
                .collect(Collectors.joining("\n"));
        return ResourceTable.text("render/exec.c")
                .replace("@TITLE@", comment(name))
                .replace("@HOST@", comment(policy.host().toString()))
                .replace("@OTHER_MACHINE@", otherMachine())
                .replace("@MACHINE@", policy.host().arch().unameMachine())
                .replace("@DEFAULT@", action(byDefault))
                .replace("@ALLOWS@", byDefault.allows() ? "1" : "0")
                .replace("@ARCHITECTURES@", architectures())
                .replace("@ATTRIBUTES@\n", attributes())
                .replace("@RULES@\n", rules())
                .replace("@REMARKS@", comments.isEmpty() ? " *" : comments);
    }

    /** One line that ends no comment and begins none. */
    private static String comment(String text) {
        return text.replaceAll("[^ -~]", "?").replaceAll("\\*(?=/)", "* ").replaceAll("/(?=\\*)", "/ ");
    }

    private String otherMachine() {
        return policy.host().arch() == Arch.X86_64
                ? "!defined(__x86_64__) || defined(__ILP32__)"
                : "!defined(__loongarch__)";
    }

    private static String action(Outcome outcome) {
        boolean data = outcome.action() == Action.ERRNO || outcome.action() == Action.TRACE;
        return outcome.action().scmpName() + (data ? "(" + outcome.data() + ")" : "");
    }

    private String architectures() {
        return made.abis().stream()
                .filter(abi -> !abi.isNative())
                .map(abi -> abi.scmpName() + ", ")
                .collect(Collectors.joining());
    }

    /** What an older kernel cannot do is left out there. */
    private String attributes() {
        List<String> lines = new ArrayList<>();
        if (policy.isUnconfined()) {
            lines.add("SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_ALLOW");
        }
        if (flags == null || flags.contains(FLAG + "SPEC_ALLOW")) {
            lines.add("SCMP_FLTATR_CTL_SSB, 1");
        }
        if (flags != null && flags.contains(FLAG + "LOG")) {
            lines.add("SCMP_FLTATR_CTL_LOG, 1");
        }
        return lines.stream()
                .map(line -> "\t(void)seccomp_attr_set(filter, " + line + ");\n")
                .collect(Collectors.joining());
    }

    private String rules() {
        StringBuilder lines = new StringBuilder();
        for (FilterRule rule : made.rules()) {
            rule.names().stream()
                    .filter(SyscallTable::isKnown)
                    .forEach(name -> lines.append(line(name, rule)).append('\n'));
        }
        return lines.toString();
    }

    private static String line(String name, FilterRule rule) {
        String start = "\t{ .name = \"" + name + "\", .action = " + action(rule.outcome());
        if (rule.tests().isEmpty()) {
            return start + " },";
        }
        String tests = rule.tests().stream().map(CForm::test).collect(Collectors.joining(", "));
        return start + ",\n\t  .count = " + rule.tests().size() + ", .tests = { " + tests + " } },";
    }

    private static String test(ArgumentTest test) {
        return "{ " + test.index() + ", " + test.operator().scmpName() + ", " + unsigned(test.value()) + ", "
                + unsigned(test.valueTwo()) + " }";
    }

    private static String unsigned(long value) {
        return "UINT64_C(" + Long.toUnsignedString(value) + ")";
    }
}
