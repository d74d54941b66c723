package profgen.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import profgen.BadInputException;
import profgen.profile.Printable;
import profgen.recording.Importer;
import profgen.recording.Ledger;
import profgen.recording.Recording;
import profgen.syscall.Arch;
import profgen.syscall.KernelVersion;

/** {@code profgen import}: a recording of what another program has seen. */
@Command(
        name = "import",
        description = {
            "Makes a recording of the log of another program.",
            "",
            "strace: what 'strace -f -o FILE' wrote, with -ff, -t, -tt, -ttt, -r, -T, -y, -yy, -Y, -i, -k, -n, -v or -X as well. Each"
                    + " FILE is a run; files of -ff that end in a process's number are one.",
            "audit: records SECCOMP (1326) and SYSCALL (1300) of auditd, ausearch (-i too) or the kernel's log; one run.",
            "",
            "Such a recording says in its ledger what its source cannot tell. Arguments that the log does not show as"
                    + " numbers or names count as more values than were kept.",
        },
        exitCodeList = {
            "0:done",
            "2:wrong usage",
            "3:this is no such log, or the output cannot be written",
            "5:the recording is incomplete: the log has no end, or lines that are not understood; audit never tells all",
        },
        footer = {
            "  strace -f -ttt -o app.strace ./app; profgen import strace app.strace -o app.recording.json",
            "  ausearch --raw -m SECCOMP | profgen import audit /dev/stdin -o web.recording.json",
        })
final class ImportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "strace|audit", description = "Whose log it is.")
    private Source source = Source.STRACE;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE", description = "The logs.")
    private List<Path> files = List.of();

    @Option(names = "--arch", paramLabel = "ARCH", description = "Where it was made. Default: this machine's.")
    private @Nullable String arch;

    @Option(
            names = "--kernel",
            paramLabel = "RELEASE",
            description = "On which kernel, as uname -r says it. Default: this machine's.")
    private @Nullable String kernel;

    @Mixin
    private RecordingOutput output = new RecordingOutput();

    private enum Source {
        STRACE,
        AUDIT
    }

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        output.check(List.of());
        Importer importer = new Importer(Version.current(), arch(), kernel());
        Recording recording = source == Source.STRACE ? importer.strace(files) : importer.audit(files);
        output.write(recording, spec.commandLine().getOut());
        String origin =
                files.size() == 1 ? files.get(0).toString() : source.name().toLowerCase(Locale.ROOT);
        recording.runs().stream()
                .flatMap(run -> run.ledger().stream())
                .filter(entry -> Ledger.isLoss(entry.kind()))
                .forEach(entry -> err.println("profgen: " + Printable.of(origin + ": " + entry.detail())));
        return (recording.isComplete() ? ExitCode.DONE : ExitCode.INCOMPLETE).status();
    }

    private Arch arch() {
        return arch == null
                ? HostOptions.own()
                : Arch.byName(arch)
                        .orElseThrow(
                                () -> new BadInputException("--arch " + arch + ": expected x86_64 or loongarch64"));
    }

    private String kernel() {
        String release = kernel == null ? System.getProperty("os.version", "") : kernel;
        if (KernelVersion.parseRelease(release).isEmpty()) {
            throw new BadInputException("--kernel " + release + ": expected what uname -r prints, e.g. 6.12.0");
        }
        return release;
    }
}
