package profgen.cli;

import java.io.PrintWriter;
import java.time.Duration;
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
import profgen.container.HealthCheck;
import profgen.generate.Generated;
import profgen.generate.Generator;
import profgen.generate.Policy;
import profgen.recording.Recording;
import profgen.recording.RecordingWriter;
import profgen.recording.Recordings;
import profgen.recording.Run;
import profgen.tracer.Course;
import profgen.tracer.Recorded;
import profgen.tracer.RunningProcess;

/** {@code profgen record}: runs a workload, writes what it did and the profile for it, and ends as the workload ended. */
@Command(
        name = "record",
        customSynopsis = {
            "profgen record [OPTIONS] [--] CMD [ARG...]",
            "profgen record --image REF [OPTIONS] [--] [CMD [ARG...]]",
            "profgen record --attach PID|--container NAME [OPTIONS]",
        },
        description = "Runs CMD in a container, records every system call that it makes, and writes the recording and a"
                + " seccomp profile for it. CMD's input, output, terminal and signals are its own; profgen talks on"
                + " standard error. Options end at CMD.",
        exitCodeOnInvalidInput = 125,
        exitCodeOnExecutionException = 125,
        exitCodeList = {
            "N:the workload's own status",
            "0:also if profgen ended the workload: --for, --until, --until-exec, --exercise",
            "1:with --verify: the workload ended with 0, but does not work under its profile",
            "5:else 0, but the recording is incomplete, or not of what was asked for (a load that failed)",
            "125:profgen itself failed",
            "126:CMD cannot be executed",
            "127:CMD was not found",
            "128+N:signal N ended the workload",
        },
        footer = {
            "  profgen record -- numactl --show",
            "  profgen record --rootfs /srv/image --user 1000 -- redis-server /etc/redis.conf",
            "  profgen record --image redis:7 --user 999 --read-only --tmpfs /data",
            "  profgen record --exercise 'curl -fsS http://localhost:8000/' -- python3 -m http.server",
            "  profgen record --for 5m --ready-log 'ready for connections' -- mariadbd",
            "  profgen record --attach 4711 --for 60s   (a service that runs, and goes on)",
            "  profgen record --image app.tar -- /app --self-test   (docker save app -o app.tar; no engine needed)",
            "  profgen record --append -- ./server --self-test   (what other runs did is kept)",
            "  profgen record -o - --recording /tmp/ls.json ls >ls.seccomp.json 2>/dev/null",
            "A run that was killed together with profgen leaves .CMD.ID.journal beside the recording:",
            "  profgen recover .numactl.1b2f09aa.journal -o numactl.recording.json",
        })
final class RecordCommand implements Callable<Integer>, SaysErrorsInJson {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            converter = OutputTarget.Converter.class,
            description =
                    "The profile; - is standard output. Default: CMD.seccomp.json, without CMD IMAGE.seccomp.json.")
    private @Nullable OutputTarget output;

    @Option(
            names = "--recording",
            paramLabel = "FILE",
            converter = OutputTarget.Converter.class,
            description = "The recording; - is standard output. Default: CMD.recording.json.")
    private @Nullable OutputTarget recording;

    @Option(
            names = "--append",
            description = "Add to the recording that is there, and make the profile of all its runs.")
    private boolean append;

    @Option(names = "--force", description = "Replace files that are not of the same command, or were edited.")
    private boolean force;

    @Option(names = "--runs", paramLabel = "N", defaultValue = "1", description = "Run it N times. Default: 1.")
    private int times = 1;

    @Option(
            names = "--until-exit",
            paramLabel = "main|all",
            defaultValue = "main",
            description = "When CMD has ended: end what it left running, as a container does (main), or wait for it"
                    + " (all). Default: ${DEFAULT-VALUE}.")
    private UntilExit untilExit = UntilExit.MAIN;

    @Option(names = "--json", description = "The summary, or the failure, as one JSON object on standard error.")
    private boolean json;

    @Option(
            names = "--verify",
            description = "Then run it five times under the profile: it has to end as it did, and as a service to come"
                    + " through --exercise, --until or --for again.")
    private boolean verify;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Durations.class,
            defaultValue = "5m",
            description =
                    "Without --for: the longest wait for --until or for the end of --exercise; then CMD is stopped"
                            + " and the status is 5. Default: ${DEFAULT-VALUE}.")
    private Duration patience = Duration.ofMinutes(5);

    @Option(
            names = "--health-cmd",
            paramLabel = "COMMAND",
            description = "The container's health check, for its /bin/sh: run there at its interval, under a tracer, in"
                    + " place of the engine's own. Default: the image's HEALTHCHECK.")
    private @Nullable String healthCommand;

    @Option(
            names = "--health-interval",
            paramLabel = "TIME",
            converter = Durations.class,
            defaultValue = "30s",
            description = "Default: ${DEFAULT-VALUE}.")
    private Duration healthInterval = HealthCheck.DEFAULT_INTERVAL;

    @Option(
            names = "--progress",
            negatable = true,
            fallbackValue = "true",
            description = "Show progress. Default: if standard error is a terminal that standard output does not use.")
    private @Nullable Boolean progress;

    @Mixin
    private TracerOption tracerOption = new TracerOption();

    @Mixin
    private AttachOptions attachOptions = new AttachOptions();

    @Mixin
    private CourseOptions courseOptions = new CourseOptions();

    @Mixin
    private WorkloadOptions workloadOptions = new WorkloadOptions();

    @Mixin
    private PolicyOptions policyOptions = new PolicyOptions();

    @Parameters(
            paramLabel = "CMD",
            arity = "0..*",
            description = "The workload, and its arguments after it; with --image in place of the image's command.")
    private List<String> command = new ArrayList<>();

    enum UntilExit {
        MAIN,
        ALL
    }

    @Override
    public boolean json() {
        return json;
    }

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

    private int record(Ending ending) {
        Optional<RunningProcess> running = attachOptions.process();
        check(running);
        String name = running.isPresent() ? running.get().name() : workloadOptions.nameOf(command);
        RecordOutputs outputs = RecordOutputs.of(name, recording, output);
        Policy policy = policyOptions.policy(outputs.recording().files(), workloadOptions.noNewPrivileges());
        try (Subject subject = running.isPresent()
                ? new Subject.Running(running.get())
                : workloadOptions.subject(command, policy, outputs.journalPrefix())) {
            return record(tracerOption.based(subject), policy, outputs, ending);
        }
    }

    private int record(Subject subject, Policy policy, RecordOutputs outputs, Ending ending) {
        Optional<Recording> before = outputs.check(subject.command(), append, force);
        RecordRuns runs = new RecordRuns(spec.commandLine().getErr(), ending, json, progress);
        Course course = course();
        List<Recorded> recorded = runs.run(
                subject,
                outputs.journalPrefix(),
                untilExit == UntilExit.ALL,
                course,
                subject instanceof Subject.Running ? tracerOption.attaching() : tracerOption.backend(),
                times);
        Optional<Integer> refused = runs.refusal(recorded);
        if (refused.isPresent()) {
            return refused.get();
        }
        RecordResult result = write(subject, policy, outputs, before, recorded);
        PrintWriter err = spec.commandLine().getErr();
        if (!json) {
            new RecordSummary(result, err).print();
        }
        boolean wanted = verify && !ending.isWanted() && result.isAsAsked();
        Verified verified = wanted
                ? RecordVerification.of(
                        result, course, ending, new WorkLine(err, !json && !Boolean.FALSE.equals(progress)))
                : Verified.NOT;
        if (json) {
            RecordJson.print(result, verified, err);
        } else {
            verified.print(err);
        }
        return verified.status(result.exitStatus());
    }

    private Course course() {
        Course course = courseOptions.course(patience);
        return healthCommand == null
                ? course
                : course.withHealthCheck(HealthCheck.ofLine(healthCommand, healthInterval));
    }

    private void check(Optional<RunningProcess> running) {
        if (times < 1) {
            throw new BadInputException("--runs " + times + ": expected a number from 1");
        }
        if (running.isPresent() && (!command.isEmpty() || times > 1)) {
            throw new BadInputException(
                    (command.isEmpty() ? "--runs" : command.get(0)) + ": what runs already is not run");
        }
        if (verify && running.isPresent()) {
            throw new BadInputException(
                    "--verify: starts the workload, and what runs already is not started", "profgen verify does it");
        }
        if (running.isEmpty() && command.isEmpty() && !workloadOptions.hasImage()) {
            throw new ParameterException(spec.commandLine(), "Missing required parameter: 'CMD'");
        }
    }

    private RecordResult write(
            Subject subject,
            Policy policy,
            RecordOutputs outputs,
            Optional<Recording> before,
            List<Recorded> recorded) {
        List<Run> runs = recorded.stream().map(one -> one.journal().run()).toList();
        List<Recording> parts = new ArrayList<>(List.of(new Recording(runs)));
        recorded.forEach(one -> parts.add(new Recording(one.beside())));
        before.ifPresent(parts::add);
        Recording all = Recordings.merge(parts);
        try {
            outputs.recording()
                    .write(RecordingWriter.write(all), spec.commandLine().getOut());
        } catch (RuntimeException e) {
            throw RecordRuns.journalsStay(e, recorded);
        }
        Generated generated = Generator.generate(all, policy);
        outputs.profile().write(generated.text(), spec.commandLine().getOut());
        recorded.forEach(Recorded::discardJournal);
        return new RecordResult(subject, policy, runs, all, outputs, generated);
    }
}
