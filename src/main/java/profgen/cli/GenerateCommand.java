package profgen.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
import profgen.generate.Generated;
import profgen.generate.Generator;
import profgen.generate.Policy;
import profgen.generate.ProfileSeal;
import profgen.recording.Recording;

/** {@code profgen generate}: recordings into a profile, without running anything. */
@Command(
        name = "generate",
        description = {
            "Makes the profile of one or several recordings, without running anything.",
            "",
            "The profile allows what was recorded, what the container runtime itself calls at the start, and what a"
                    + " recording may miss. It is never weaker than Docker's default unless asked: a call that Docker's"
                    + " default denies is left out and named, one that it allows with a capability only stays behind that"
                    + " gate. Every rule says in its comment why it is there.",
            "",
            "A profile that was edited since profgen wrote it, or any other file, is replaced with --force only.",
        },
        exitCodeList = {
            "0:done",
            "2:wrong usage, or a name that is no system call",
            "3:a recording or a policy cannot be read, or the output cannot be written",
            "5:there is no run in the recordings",
        },
        footer = {
            "  profgen generate numactl.recording.json                    writes numactl.seccomp.json anew",
            "  profgen generate numactl.recording.json --gates observed   no capability where none is needed",
            "  profgen generate unit.recording.json load.recording.json -o app.seccomp.json",
            "  profgen generate app.recording.json --allow pwritev2 --deny ptrace -o - | less",
            "  profgen generate app.recording.json --arch x86_64,loongarch64 --no-new-privileges",
        })
final class GenerateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "REC", description = "Recordings.")
    private List<Path> recordings = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            converter = OutputTarget.Converter.class,
            description = "The profile; - is standard output. Default: NAME.seccomp.json beside NAME.recording.json.")
    private @Nullable OutputTarget output;

    @Option(names = "--force", description = "Replace an existing file that is not a profile as profgen wrote it.")
    private boolean force;

    @Option(names = "--json", description = "Say on standard output what the profile is like, as one JSON object.")
    private boolean json;

    @Mixin
    private PolicyOptions policyOptions = new PolicyOptions();

    @Override
    public Integer call() {
        Policy policy = policyOptions.policy(recordings);
        OutputTarget target = output == null ? besideRecording() : output;
        if (json && target.isStandardOutput()) {
            throw new ParameterException(spec.commandLine(), "--json and -o -: expected one of them");
        }
        checkReplaceable(target);
        Recording recording = RecordingFiles.readMerged(recordings);
        Generated generated = Generator.generate(recording, policy);
        target.write(generated.text(), spec.commandLine().getOut());
        if (json) {
            spec.commandLine().getOut().println(GeneratedJson.of(generated, target.name()));
        } else {
            new GeneratedText(generated, spec.commandLine().getErr()).print(target.name(), policy.floors());
        }
        return ExitCode.DONE.status();
    }

    private OutputTarget besideRecording() {
        if (recordings.size() > 1) {
            throw new ParameterException(spec.commandLine(), "several recordings: expected -o FILE");
        }
        Path recording = recordings.get(0);
        String stem = String.valueOf(recording.getFileName()).replaceFirst("(\\.recording)?(\\.json)?$", "");
        return new OutputTarget(recording.resolveSibling(stem + ".seccomp.json"));
    }

    private void checkReplaceable(OutputTarget target) {
        Path file = target.file();
        if (file != null && !force && Files.isRegularFile(file) && !ProfileSeal.isIntact(text(file))) {
            throw new BadInputException(
                    file + ": is there and is not as profgen wrote it", "--force replaces it; -o chooses another name");
        }
        target.checkWritable();
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new BadInputException(file + ": cannot be read: " + OutputTarget.reason(e));
        }
    }
}
