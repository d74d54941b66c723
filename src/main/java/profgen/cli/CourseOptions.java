package profgen.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import profgen.BadInputException;
import profgen.container.StopSignal;
import profgen.syscall.SyscallTable;
import profgen.tracer.Course;

/** The options for what does not end by itself: when it is ready, and how it is ended. */
final class CourseOptions {
    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "Stop CMD after this time, e.g. 30s, 5m, 1h30m, 500ms. With this, --until or --exercise"
                    + " Ctrl-C or TERM too stop it (twice: kill it), everything is written, and the status is 0.")
    private @Nullable Duration limit;

    @Option(
            names = "--until",
            paramLabel = "COMMAND",
            description = "Stop CMD when this succeeds, which sh runs again and again on the host.")
    private @Nullable String until;

    @Option(
            names = "--until-exec",
            paramLabel = "COMMAND",
            description =
                    "The same, but run by /bin/sh in the container, beside CMD: each time under a tracer of its own,"
                            + " and the run that succeeds is recorded too (phase exec).")
    private @Nullable String untilExec;

    @Option(
            names = "--exercise",
            paramLabel = "COMMAND",
            description =
                    "When CMD is ready, run this with sh on the host, e.g. a load test, and stop CMD when it ends."
                            + " Its output goes to standard error.")
    private @Nullable String exercise;

    @Option(
            names = "--ready-log",
            paramLabel = "REGEX",
            description = "CMD is ready when a line of its output or errors matches; only with this option do they go"
                    + " through profgen. Default: at the first --ready-call.")
    private @Nullable String readyLog;

    @Option(
            names = "--ready-probe",
            paramLabel = "COMMAND",
            description = "CMD is ready when this succeeds, which sh runs again and again on the host.")
    private @Nullable String readyProbe;

    @Option(
            names = "--ready-call",
            paramLabel = "NAME",
            description = "CMD is ready when one of its processes has made this call. Default: ${DEFAULT-VALUE}.",
            defaultValue = "listen")
    private String readyCall = "listen";

    @Option(
            names = "--stop-signal",
            paramLabel = "SIGNAL",
            description = "What stops CMD. Default: the image's signal, else TERM.")
    private @Nullable String stopSignal;

    @Option(
            names = "--stop-timeout",
            paramLabel = "TIME",
            converter = Durations.class,
            defaultValue = "10s",
            description = "From then until it is killed. Default: ${DEFAULT-VALUE}.")
    private Duration grace = Duration.ofSeconds(10);

    /** @param patience without --for: the longest wait for --until, and for the end of --exercise */
    Course course(Duration patience) {
        if (!SyscallTable.isKnown(readyCall)) {
            throw new BadInputException("--ready-call " + readyCall + ": no system call has this name");
        }
        return new Course(
                Optional.ofNullable(limit),
                Optional.ofNullable(until),
                Optional.ofNullable(untilExec),
                Optional.ofNullable(exercise),
                new Course.Ready(
                        Optional.ofNullable(readyLog).map(CourseOptions::pattern),
                        Optional.ofNullable(readyProbe),
                        Optional.of(readyCall)),
                stopSignal == null ? OptionalInt.empty() : OptionalInt.of(number(stopSignal)),
                grace,
                patience,
                Optional.empty(),
                false);
    }

    private static int number(String signal) {
        return StopSignal.number(signal)
                .orElseThrow(() -> new BadInputException(
                        "--stop-signal " + signal + ": expected a name or a number, e.g. TERM or 15"));
    }

    private static Pattern pattern(String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new BadInputException("--ready-log " + regex + ": " + e.getDescription());
        }
    }
}
