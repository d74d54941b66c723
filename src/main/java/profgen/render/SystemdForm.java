package profgen.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import profgen.filter.Filter;
import profgen.filter.Outcome;
import profgen.filter.Regions;
import profgen.filter.Undecided;
import profgen.profile.Action;
import profgen.syscall.Abi;
import profgen.syscall.Errno;
import profgen.syscall.SyscallTable;

/**
 * A drop-in for a service. A call that the policy allows for some arguments is allowed for all: the form knows names only. Calls that the
 * policy denies have one answer in a list of what is allowed.
 */
final class SystemdForm {
    private static final int PER_LINE = 8;

    private final Filter policy;
    private final List<Remark> remarks;
    private final Set<String> allowed = new TreeSet<>();
    private final Set<String> byArgument = new TreeSet<>();
    private final Set<String> logged = new TreeSet<>();
    private final Map<Outcome, Set<String>> denied = new TreeMap<>();

    private SystemdForm(Filter policy) {
        this.policy = policy;
        this.remarks = new ArrayList<>(FlatForm.decided(policy));
        remarks.addAll(FlatForm.flags(policy, Set.of()));
    }

    static Rendered render(Filter policy) {
        SystemdForm form = new SystemdForm(policy);
        List<String> lines = policy.isUnconfined() ? List.of() : form.lines();
        String comments =
                form.remarks.stream().map(remark -> "# " + remark.text() + "\n").collect(Collectors.joining());
        String settings = lines.stream().map(line -> line + "\n").collect(Collectors.joining());
        return Rendered.of(comments + "[Service]\n" + settings, form.remarks);
    }

    private List<String> lines() {
        sort();
        List<String> lines = new ArrayList<>();
        lines.add("SystemCallArchitectures="
                + policy.abis().stream().map(SystemdForm::architecture).collect(Collectors.joining(" ")));
        if (policy.defaultOutcome().allows()) {
            denyList(lines);
        } else {
            allowList(lines);
        }
        if (!logged.isEmpty()) {
            remarks.add(new Remark(
                    Remark.Kind.OTHER_ANSWER, "allowed without the record of SCMP_ACT_LOG: " + Sameness.some(logged)));
        }
        if (!byArgument.isEmpty()) {
            remark(Remark.Kind.WIDER, "allowed for every argument and ABI, by the policy for some only", byArgument);
        }
        return lines;
    }

    private static String architecture(Abi abi) {
        return switch (abi) {
            case I386 -> "x86";
            case X32 -> "x32";
            default -> "native";
        };
    }

    private void sort() {
        Map<String, Set<Outcome>> outcomes = new TreeMap<>();
        for (Abi abi : policy.abis()) {
            SyscallTable.of(abi)
                    .names()
                    .forEach((number, name) -> outcomes.computeIfAbsent(name, key -> new TreeSet<>())
                            .addAll(outcomes(abi, number)));
        }
        outcomes.forEach(this::sort);
    }

    /** An undecided call counts as allowed for some arguments. */
    private Set<Outcome> outcomes(Abi abi, int number) {
        try {
            return policy.regions(abi, number, new Regions()).keySet();
        } catch (Undecided undecided) {
            return Set.of(Outcome.ALLOW, Outcome.KILL_PROCESS);
        }
    }

    private void sort(String name, Set<Outcome> outcomes) {
        if (outcomes.stream().anyMatch(outcome -> outcome.action() == Action.LOG)) {
            logged.add(name);
        }
        if (outcomes.stream().anyMatch(Outcome::allows)) {
            allowed.add(name);
            if (!outcomes.stream().allMatch(Outcome::allows)) {
                byArgument.add(name);
            }
        } else {
            Outcome strictest = outcomes.stream().sorted().findFirst().orElseThrow();
            denied.computeIfAbsent(strictest, key -> new TreeSet<>()).add(name);
        }
    }

    private void allowList(List<String> lines) {
        lines.addAll(filters("", allowed.isEmpty() ? List.of("@default") : List.copyOf(allowed), ""));
        Outcome byDefault = policy.defaultOutcome();
        String answer = answer(byDefault);
        if (!answer.equals("kill")) {
            lines.add("SystemCallErrorNumber=" + answer);
        }
        denied.forEach((outcome, names) -> {
            if (!answer(outcome).equals(answer)) {
                remark(Remark.Kind.OTHER_ANSWER, said(answer) + " instead of " + outcome.inWords(), names);
            } else if (isReplaced(outcome)) {
                remark(Remark.Kind.OTHER_ANSWER, said("kill") + " instead of " + outcome.inWords(), names);
            }
        });
        remarks.add(
                new Remark(
                        Remark.Kind.WIDER,
                        "systemd allows its group @default beside these names; systemd-analyze syscall-filter @default lists it"));
    }

    private void denyList(List<String> lines) {
        denied.forEach((outcome, names) -> {
            lines.addAll(filters("~", List.copyOf(names), ":" + answer(outcome)));
            if (isReplaced(outcome)) {
                remark(Remark.Kind.OTHER_ANSWER, said("kill") + " instead of " + outcome.inWords(), names);
            }
        });
    }

    /** The name of an error, or {@code kill} for what is not an error. */
    private static String answer(Outcome outcome) {
        if (outcome.action() != Action.ERRNO || outcome.data() == 0) {
            return "kill";
        }
        String name = Errno.name(outcome.data());
        return name.startsWith("E") ? name : Integer.toString(outcome.data());
    }

    private static boolean isReplaced(Outcome outcome) {
        return answer(outcome).equals("kill") && !outcome.equals(Outcome.KILL_PROCESS);
    }

    private static String said(String answer) {
        return answer.equals("kill") ? "the process is killed" : "error " + answer;
    }

    private static List<String> filters(String prefix, List<String> names, String suffix) {
        List<String> lines = new ArrayList<>();
        for (int from = 0; from < names.size(); from += PER_LINE) {
            lines.add("SystemCallFilter=" + prefix
                    + names.subList(from, Math.min(names.size(), from + PER_LINE)).stream()
                            .map(name -> name + suffix)
                            .collect(Collectors.joining(" ")));
        }
        return lines;
    }

    private void remark(Remark.Kind kind, String text, Set<String> names) {
        remarks.add(new Remark(kind, text + ": " + String.join(" ", names)));
    }
}
