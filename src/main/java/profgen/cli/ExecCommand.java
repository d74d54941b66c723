package profgen.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import profgen.container.EngineKind;
import profgen.recording.Recording;
import profgen.recording.RecordingReader;
import profgen.recording.RecordingWriter;
import profgen.recording.Recordings;
import profgen.recording.Run;
import profgen.tracer.Course;
import profgen.tracer.Recorded;

/** {@code profgen exec}: records a further command in a container in which profgen records already. */
@Command(
        name = "exec",
        customSynopsis = "profgen exec [OPTIONS] CONTAINER [--] CMD [ARG...]",
        description =
                "Runs CMD in a container in which `profgen record --image` records at this time, as docker exec or a"
                        + " health check would, and writes a recording of it: what is run in a container is under its filter too."
                        + " Input, output and signals are CMD's own; it ends as CMD ends.",
        exitCodeOnInvalidInput = 125,
        exitCodeOnExecutionException = 125,
        exitCodeList = {
            "N:the command's own status",
            "5:it ended with 0, but the recording is incomplete",
            "125:profgen itself failed",
            "126:CMD cannot be executed",
            "127:CMD was not found",
        },
        footer = {
            "  docker ps --filter label=profgen   (the containers in which something is recorded)",
            "  profgen exec profgen-0f5e redis-cli ping",
            "  profgen generate redis.recording.json redis-cli.recording.json -o redis.seccomp.json --force",
        })
final class ExecCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "REC",
            converter = OutputTarget.Converter.class,
            description = "The recording; - is standard output. Default: CMD.recording.json.")
    private @Nullable OutputTarget output;

    @Option(names = "--append", description = "Add to the recording that is there.")
    private boolean append;

    @Option(names = "--force", description = "Replace a recording that is there.")
    private boolean force;

    @Option(
            names = "--engine",
            paramLabel = "docker|podman|runc|crun",
            description = "Default: the one that has the container.")
    private @Nullable EngineKind engine;

    @Option(
            names = {"-u", "--user"},
            paramLabel = "USER[:GROUP]",
            description = "Default: the container's.")
    private @Nullable String user;

    @Option(
            names = {"-w", "--workdir"},
            paramLabel = "DIR",
            description = "Default: the container's.")
    private @Nullable String workdir;

    @Option(
            names = {"-e", "--env"},
            paramLabel = "NAME=VALUE",
            description = "Set a variable.")
    private List<String> environment = new ArrayList<>();

    @Option(
            names = {"-t", "--tty"},
            description = "Give it a terminal.")
    private boolean terminal;

    @Option(
            names = {"-i", "--interactive"},
            description = "Let it read profgen's standard input.")
    private boolean interactive;

    @Mixin
    private TracerOption tracerOption = new TracerOption();

    @Parameters(index = "0", paramLabel = "CONTAINER", description = "Name or id.")
    private String container = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "CMD", description = "The command and its arguments.")
    private List<String> command = new ArrayList<>();

    @Override
    public Integer call() {
        Ending ending = Ending.begin();
        int status = ExitCode.RECORD_FAILED.status();
        try {
            status = record(ending);
        } catch (RuntimeException e) {
            status = Profgen.fail(e, spec.commandLine());
        } finally {
            spec.commandLine().getOut().flush();
            ending.finish(status);
        }
        return status;
    }

    /** Behind the container's name everything is the command's, also what usually ends the options. */
    private List<String> words() {
        List<String> words = command.get(0).equals("--") ? command.subList(1, command.size()) : command;
        if (words.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "Missing required parameter: 'CMD'");
        }
        return words;
    }

    private int record(Ending ending) {
        List<String> words = words();
        OutputTarget target = output == null ? OutputTarget.of(RecordOutputs.recordingOf(words.get(0))) : output;
        Optional<Recording> before = before(target);
        target.checkWritable();
        Subject subject = tracerOption.based(ExecSubject.of(container, engine, options(), words));
        RecordRuns runs = new RecordRuns(spec.commandLine().getErr(), ending, false, false);
        List<Recorded> recorded = runs.run(subject, "", false, Course.PLAIN, tracerOption.backend(), 1);
        Optional<Integer> refused = runs.refusal(recorded);
        if (refused.isPresent()) {
            return refused.get();
        }
        Run run = recorded.get(0).journal().run();
        List<Recording> parts = new ArrayList<>(List.of(new Recording(List.of(run))));
        before.ifPresent(parts::add);
        try {
            target.write(
                    RecordingWriter.write(Recordings.merge(parts)),
                    spec.commandLine().getOut());
        } catch (RuntimeException e) {
            throw RecordRuns.journalsStay(e, recorded);
        }
        recorded.forEach(Recorded::discardJournal);
        say(run, target);
        int status = RecordResult.status(run);
        return status == 0 && !run.complete() ? ExitCode.INCOMPLETE.status() : status;
    }

    private Optional<Recording> before(OutputTarget target) {
        Path file = target.file();
        if (file == null || !Files.isRegularFile(file) || (force && !append)) {
            return Optional.empty();
        }
        if (!append) {
            throw new BadInputException(
                    file + ": exists already", "--append adds to it, --force replaces it; -o chooses another name");
        }
        return Optional.of(RecordingReader.read(file));
    }

    private void say(Run run, OutputTarget target) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("recorded   " + Words.count(run.calls().size(), "system call", "system calls") + ", "
                + (run.complete() ? "nothing lost" : "INCOMPLETE") + ": " + target.name());
        run.ledger().forEach(entry -> err.println(Words.labelled("note", entry.detail())));
        err.flush();
    }

    private List<String> options() {
        List<String> words = new ArrayList<>();
        if (user != null) {
            words.addAll(List.of("--user", user));
        }
        if (workdir != null) {
            words.addAll(List.of("--workdir", workdir));
        }
        environment.forEach(change -> words.addAll(List.of("--env", change)));
        if (terminal) {
            words.add("--tty");
        }
        if (interactive) {
            words.add("--interactive");
        }
        return words;
    }
}
