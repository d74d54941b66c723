package profgen.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import profgen.diff.Comparison;
import profgen.filter.CallTable;
import profgen.syscall.Abi;

/** {@code profgen inspect}: what a live process really runs under. */
@Command(
        name = "inspect",
        description = {
            "Shows the seccomp filters and the capabilities that a live process really runs under: what happens to each call,"
                    + " by all of its filters together, and its capability sets beside Docker's 14.",
            "",
            "The filters are read from the kernel, which needs root on the host and no filter around profgen itself. For that"
                    + " moment the process is stopped, as by a debugger; nothing in it is changed. A thread has filters of its own: PID"
                    + " may be the id of one.",
            "",
            "With --profile, how what is enforced differs from the profile, read for this machine, the process's bounding"
                    + " capabilities and the engine of its container (else Docker), instead of the calls.",
        },
        exitCodeList = {
            "0:done; with --profile: what is enforced means what the profile says",
            "1:with --profile: it differs",
            "2:wrong usage",
            "3:no such process or container, it does not run, or the profile cannot be used",
            "4:the kernel does not show the filters, or no engine answers",
            "5:undecided: a filter does what only a run can tell",
        },
        footer = {
            "  profgen inspect 4711",
            "  profgen inspect --container web",
            "  profgen inspect --container web --profile app.seccomp.json",
            "  profgen inspect --all --abi i386 4711",
            "  profgen inspect --disassemble 4711",
            "  profgen inspect --json 4711 | jq -r '.seccomp.filters[].bpf' | xxd -r -p >filter.bpf",
        })
final class InspectCommand implements Callable<Integer>, SaysErrorsInJson {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", arity = "0..1", paramLabel = "PID", description = "A process, or a thread by its id.")
    private @Nullable String pid;

    @Mixin
    private LiveOptions target = new LiveOptions();

    @Option(names = "--profile", paramLabel = "PROFILE", description = "Compare with this profile, or a baseline.")
    private @Nullable String profile;

    @Option(names = "--all", description = "Every call, also those that are answered as by default.")
    private boolean all;

    @Option(
            names = "--abi",
            paramLabel = "ABI",
            description = "x86_64, i386, x32 or loongarch64. Default: the executable's own.")
    private @Nullable String abi;

    @Option(names = "--disassemble", description = "Also the instructions of each filter, in words.")
    private boolean disassemble;

    @Mixin
    private HostOptions host = new HostOptions();

    @Option(names = "--json", description = "One JSON object, with the filters' instructions.")
    private boolean json;

    @Override
    public boolean json() {
        return json;
    }

    @Override
    public Integer call() {
        Abi asked = abi == null ? null : DecideCommand.abi(abi);
        Live live = target.look(spec.commandLine(), pid == null ? new ArrayList<>() : List.of(pid));
        boolean table = profile == null || all || asked != null;
        CallTable calls = table ? CallTable.of(live.inspection().verdicts(), asked == null ? live.abi() : asked) : null;
        Comparison comparison = profile == null ? null : live.comparedWith(profile, host);
        spec.commandLine()
                .getOut()
                .print(
                        json
                                ? InspectJson.of(live, calls, all, comparison)
                                : InspectText.of(live, calls, all, comparison)
                                        + (disassemble ? InspectText.listing(live) : ""));
        if (comparison != null && !comparison.changes().isEmpty()) {
            return ExitCode.NO.status();
        }
        boolean decided = (calls == null || calls.isDecided())
                && (comparison == null || comparison.undecided().isEmpty());
        return (decided ? ExitCode.DONE : ExitCode.INCOMPLETE).status();
    }
}
