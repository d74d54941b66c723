package profgen.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import profgen.BadInputException;
import profgen.HostException;
import profgen.diff.Witness;
import profgen.filter.CallTable;
import profgen.filter.Decision;
import profgen.filter.Filter;
import profgen.filter.Libseccomp;
import profgen.filter.LibseccompCheck;
import profgen.filter.Resolver;
import profgen.report.DecideJson;
import profgen.report.DecideReport;
import profgen.syscall.Abi;

/** {@code profgen decide}: what a profile does with a call, and why. */
@Command(
        name = "decide",
        description = {
            "Says what a profile does with a call on a host: allow, errno, kill, trap, log, ask; which rule decides it, and"
                    + " why the others do not.",
            "",
            "Unless options name a host: this machine's architecture, the newest Docker with its 14 capabilities. Where"
                    + " the rules for a call mix operators or actions, the installed libseccomp's program is compared with"
                    + " what they say, and a difference is reported.",
        },
        exitCodeList = {
            "0:allowed; with --all: done",
            "1:denied: an errno, a signal, or left to a tracer or supervisor",
            "2:wrong usage",
            "3:the profile or a value cannot be used, or the engine refuses the profile",
            "5:with --all: undecided for a call, whose rules are too hard for an exact answer",
        },
        footer = {
            "  profgen decide docker-default socket AF_VSOCK",
            "  profgen decide app.seccomp.json clone 'CLONE_NEWUSER|CLONE_VM' --cap-add SYS_ADMIN",
            "  profgen decide app.seccomp.json 435 --arch loongarch64 --engine podman",
            "  profgen decide docker-default --all --abi i386",
            "  profgen decide --json docker-default personality 0xffffffff | jq .allowed",
        })
final class DecideCommand implements Callable<Integer>, SaysErrorsInJson {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "PROFILE", description = "A profile, or a baseline's name.")
    private String profile = "";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "CALL [ARG...]",
            description =
                    "The call's name or number; its arguments in decimal, in hexadecimal or as names. Missing ones"
                            + " are 0.")
    private List<String> words = new ArrayList<>();

    @Option(names = "--all", description = "Every call of the ABI.")
    private boolean all;

    @Option(
            names = "--abi",
            paramLabel = "ABI",
            description = "x86_64, i386, x32 or loongarch64. Default: the architecture's own.")
    private @Nullable String abi;

    @Mixin
    private HostOptions host = new HostOptions();

    @Option(names = "--json", description = "One JSON object instead of the text.")
    private boolean json;

    @Override
    public boolean json() {
        return json;
    }

    @Override
    public Integer call() {
        if (words.isEmpty() != all) {
            throw new ParameterException(
                    spec.commandLine(), all ? "--all: takes no call" : "expected a call, or --all");
        }
        Filter filter = Resolver.resolve(ProfileFiles.read(profile, this::warn), host.one());
        filter.demandAccepted(profile);
        Abi asked = abi == null ? filter.host().arch().nativeAbi() : abi(abi);
        return all ? table(filter, asked) : one(filter, AskedCall.parse(asked, words));
    }

    private void warn(String problem) {
        spec.commandLine().getErr().println("profgen: " + profile + ": " + problem);
    }

    static Abi abi(String label) {
        return Abi.byLabel(label)
                .orElseThrow(
                        () -> new BadInputException("--abi " + label + ": expected x86_64, i386, x32 or loongarch64"));
    }

    private int table(Filter filter, Abi asked) {
        boolean doubtful =
                filter.numbers(asked).stream().anyMatch(number -> LibseccompCheck.isDoubtful(filter, asked, number));
        List<String> remarks = doubtful ? remarks(filter, (one, number) -> one == asked) : List.of();
        CallTable calls = CallTable.of(filter, asked);
        print(json ? DecideJson.all(filter, calls, remarks) : DecideReport.all(filter, calls), remarks);
        return (calls.isDecided() ? ExitCode.DONE : ExitCode.INCOMPLETE).status();
    }

    private int one(Filter filter, Witness call) {
        Decision decision = filter.decide(call.abi(), call.number(), call.values());
        boolean doubtful = LibseccompCheck.isDoubtful(filter, call.abi(), call.number());
        LibseccompCheck.Calls asked = (abi, number) -> abi == call.abi() && number == call.number();
        List<String> remarks = doubtful ? remarks(filter, asked) : List.of();
        print(
                json ? DecideJson.one(filter, call, decision, remarks) : DecideReport.one(filter, call, decision),
                remarks);
        return (decision.outcome().allows() ? ExitCode.DONE : ExitCode.NO).status();
    }

    private void print(String text, List<String> remarks) {
        spec.commandLine().getOut().print(text);
        if (!json) {
            remarks.forEach(this::warn);
        }
    }

    private static List<String> remarks(Filter filter, LibseccompCheck.Calls about) {
        try (Libseccomp library = Libseccomp.installed()) {
            return DecideReport.check(LibseccompCheck.of(library, filter, about));
        } catch (HostException e) {
            return List.of("not compared with libseccomp: " + e.getMessage());
        }
    }
}
