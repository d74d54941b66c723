package profgen.tracer;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import profgen.container.HealthCheck;
import profgen.container.StopSignal;
import profgen.recording.RawText;
import profgen.syscall.Arch;
import profgen.syscall.SyscallTable;

/**
 * How a run is divided into phases and how it ends. Commands are for {@code sh -c}, on the host if nothing else is said.
 *
 * @param limit after which it is stopped
 * @param until a probe; when it succeeds the run is stopped
 * @param untilExec the same, but run in the container
 * @param exercise a load that is started when the workload is ready; at its end the run is stopped
 * @param ready what makes it ready
 * @param stopSignal number; empty: the image's, else TERM
 * @param grace from the stop until it is killed
 * @param patience the longest wait for readiness, for {@code until} and for the end of {@code exercise} where there is no limit
 * @param healthCheck to be run in the container in place of the image's own
 * @param endsWhenAsked the user's Ctrl-C is for profgen, which stops the run, as it is wherever profgen ends a run
 */
public record Course(
        Optional<Duration> limit,
        Optional<String> until,
        Optional<String> untilExec,
        Optional<String> exercise,
        Ready ready,
        OptionalInt stopSignal,
        Duration grace,
        Duration patience,
        Optional<HealthCheck> healthCheck,
        boolean endsWhenAsked) {
    /** Until the workload ends by itself. */
    public static final Course PLAIN = new Course(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Ready.BY_LISTEN,
            OptionalInt.empty(),
            Duration.ofSeconds(10),
            Duration.ofMinutes(5),
            Optional.empty(),
            false);

    /**
     * What makes a workload ready: the first that is given of a line of its output, a probe, or the success of a call.
     *
     * @param call its name in the architecture's own ABI; empty: none
     */
    public record Ready(Optional<Pattern> log, Optional<String> probe, Optional<String> call) {
        public static final Ready BY_LISTEN = new Ready(Optional.empty(), Optional.empty(), Optional.of("listen"));
    }

    /** Of what was there before: it is ready, and goes on when the user has asked for the end of the recording. */
    Course ofOthers() {
        return new Course(limit, until, untilExec, exercise, ready, stopSignal, grace, patience, healthCheck, true);
    }

    /** The image's stop signal, where none was asked for. */
    public Course stoppedBy(String imageSignal) {
        Optional<Integer> number = StopSignal.number(imageSignal);
        return stopSignal.isPresent() || number.isEmpty()
                ? this
                : new Course(
                        limit,
                        until,
                        untilExec,
                        exercise,
                        ready,
                        OptionalInt.of(number.get()),
                        grace,
                        patience,
                        healthCheck,
                        endsWhenAsked);
    }

    /** The same with a health check. */
    public Course withHealthCheck(HealthCheck check) {
        return new Course(
                limit,
                until,
                untilExec,
                exercise,
                ready,
                stopSignal,
                grace,
                patience,
                Optional.of(check),
                endsWhenAsked);
    }

    /** With the image's health check, where none was asked for. */
    public Course checkedBy(Optional<HealthCheck> image) {
        return healthCheck.isPresent() || image.isEmpty() ? this : withHealthCheck(image.get());
    }

    /** The same, stopped when this succeeds; what else it says of the end stays. */
    public Course withUntil(String command) {
        return new Course(
                limit,
                Optional.of(command),
                untilExec,
                exercise,
                ready,
                stopSignal,
                grace,
                patience,
                healthCheck,
                endsWhenAsked);
    }

    /** The run is ended by profgen, and not, or not only, by the workload itself. */
    public boolean endsOnPurpose() {
        return endsWhenAsked || limit.isPresent() || waits();
    }

    /** For something other than its time. */
    boolean waits() {
        return until.isPresent() || untilExec.isPresent() || exercise.isPresent();
    }

    /** -1: none. A call that this architecture has not got makes nothing ready either. */
    private int readyCall() {
        Optional<String> call = ready.log().isPresent() || ready.probe().isPresent() ? Optional.empty() : ready.call();
        return call.flatMap(name -> Arch.byName(System.getProperty("os.arch", ""))
                        .map(arch ->
                                SyscallTable.of(arch.nativeAbi()).number(name).orElse(-1)))
                .orElse(-1);
    }

    /** There is something to do while it runs. */
    boolean isAttended() {
        return endsOnPurpose() || ready.log().isPresent() || ready.probe().isPresent();
    }

    /**
     * For profgen-tracer.
     *
     * @param control the file that it is to read along, where something is going to be asked of it
     * @param isChild of profgen itself: it ends what nobody would end any more
     */
    List<String> options(Path control, boolean isChild) {
        List<String> options = new ArrayList<>(List.of("--ready-call", String.valueOf(readyCall())));
        if (isAttended()) {
            options.addAll(List.of("--control", RawText.percent(control.toString())));
        }
        if (endsOnPurpose() && isChild) {
            options.add("--end-with-parent");
        }
        options.addAll(List.of("--stop-signal", String.valueOf(stopSignal.orElse(StopSignal.TERM))));
        options.addAll(List.of("--stop-grace", String.valueOf(grace.toMillis())));
        return options;
    }
}
