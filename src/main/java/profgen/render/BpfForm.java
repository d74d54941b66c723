package profgen.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import profgen.BadInputException;
import profgen.HostException;
import profgen.filter.BpfListing;
import profgen.filter.BpfProgram;
import profgen.filter.Compiled;
import profgen.filter.Filter;
import profgen.filter.Libseccomp;
import profgen.filter.LibseccompCheck;
import profgen.filter.LibseccompCheck.Discrepancy;
import profgen.syscall.SyscallTable;

/** The program that the host's runtime loads, made by the installed libseccomp and compared with the policy for all arguments. */
final class BpfForm {
    private BpfForm() {}

    /** @throws HostException when there is no libseccomp, or it does not know the architecture or takes too long */
    static Rendered render(String name, Filter policy) {
        List<Remark> remarks = new ArrayList<>(FlatForm.decided(policy));
        remarks.addAll(FlatForm.flags(policy, Set.of()));
        if (policy.isUnconfined()) {
            return rendered(BpfProgram.allowing(), policy, remarks);
        }
        try (Libseccomp library = Libseccomp.installed()) {
            return render(name, policy, library, remarks);
        }
    }

    private static Rendered render(String name, Filter policy, Libseccomp library, List<Remark> remarks) {
        Compiled compiled = library.compile(policy);
        if (compiled instanceof Compiled.Refused refused) {
            throw new BadInputException(name + ": refused by libseccomp " + library.version() + ": " + refused.why());
        }
        if (compiled instanceof Compiled.TooLong) {
            throw new BadInputException(name + ": libseccomp " + library.version() + " makes " + compiled.why());
        }
        if (!(compiled instanceof Compiled.Program made)) {
            throw new HostException(
                    name + ": libseccomp " + library.version() + " makes no program of it: " + compiled.why());
        }
        remarks.add(new Remark(Remark.Kind.HINT, "made by libseccomp " + library.version()));
        remarks.addAll(differences(
                policy, LibseccompCheck.of(library.version(), policy, compiled, LibseccompCheck.Calls.ALL)));
        return rendered(made.program(), policy, remarks);
    }

    private static Rendered rendered(BpfProgram program, Filter policy, List<Remark> remarks) {
        String title = "# " + policy.host() + "\n";
        return new Rendered(title + BpfListing.of(program), "", program, remarks);
    }

    private static List<Remark> differences(Filter policy, LibseccompCheck check) {
        List<Remark> remarks = new ArrayList<>();
        Map<Remark.Kind, TreeSet<String>> calls = new TreeMap<>();
        for (Discrepancy one : check.discrepancies()) {
            String call = SyscallTable.of(one.abi()).name(one.number()).orElse(String.valueOf(one.number()));
            calls.computeIfAbsent(kind(one), kind -> new TreeSet<>())
                    .add(call + " (" + one.abi().label() + "): " + one.made() + " instead of " + one.intended());
        }
        calls.forEach((kind, texts) -> texts.forEach(text -> remarks.add(new Remark(kind, text))));
        TreeSet<String> unknown = new TreeSet<>(check.unknownNames());
        unknown.removeAll(policy.unknownNames());
        if (!unknown.isEmpty()) {
            Remark.Kind kind = policy.defaultOutcome().allows() ? Remark.Kind.WIDER : Remark.Kind.STRICTER;
            remarks.add(new Remark(
                    kind,
                    "libseccomp " + check.version() + " does not know these names, which get the default action: "
                            + String.join(", ", unknown)));
        }
        if (check.problem() != null) {
            remarks.add(new Remark(Remark.Kind.UNDECIDED, "not compared with the rules: " + check.problem()));
        }
        return remarks;
    }

    private static Remark.Kind kind(Discrepancy one) {
        if (one.made().allows() == one.intended().allows()) {
            return Remark.Kind.OTHER_ANSWER;
        }
        return one.made().allows() ? Remark.Kind.WIDER : Remark.Kind.STRICTER;
    }
}
