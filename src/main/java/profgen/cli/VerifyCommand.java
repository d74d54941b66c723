package profgen.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import profgen.BadInputException;
import profgen.diff.Witness;
import profgen.filter.Filter;
import profgen.filter.Host;
import profgen.filter.Resolver;
import profgen.generate.PolicyBuilder;
import profgen.profile.Profile;
import profgen.tracer.Course;
import profgen.verify.AskedDenial;
import profgen.verify.Oracle;
import profgen.verify.Place;
import profgen.verify.Scratch;
import profgen.verify.Task;
import profgen.verify.Verifier;

/** {@code profgen verify}: whether a workload works under a profile, where it really runs. */
@Command(
        name = "verify",
        customSynopsis = {
            "profgen verify PROFILE [OPTIONS] -- CMD [ARG...]",
            "profgen verify PROFILE --image REF [OPTIONS] [-- CMD [ARG...]]",
        },
        description = {
            "Runs CMD under a profile, several times, and says whether it works. Where it does not, CMD is run once more so"
                    + " that what is refused can be seen: each refused call is named with its arguments, its program and"
                    + " the rule that decides. --fix adds what is missing.",
            "",
            "CMD has no standard input; its output is kept for the report.",
        },
        exitCodeOnInvalidInput = 125,
        exitCodeOnExecutionException = 125,
        exitCodeList = {
            "0:it works in every run, and all that must be denied is",
            "1:it does not",
            "125:profgen itself failed: usage, a file that cannot be used, an engine that does not answer",
        },
        footer = {
            "  profgen verify numactl.seccomp.json --cap-add SYS_NICE -- numactl --show",
            "  profgen verify redis.seccomp.json --image redis:7 --probe 'redis-cli ping' --engine-arg=--publish=6379:6379",
            "  profgen verify app.seccomp.json --recording app.recording.json --fix -- ./app --self-test",
            "  profgen verify deny.json --must-deny mkdir --must-deny 'ptrace PTRACE_TRACEME' -- ./app",
            "  profgen verify web.seccomp.json --exercise 'curl -sf http://127.0.0.1:8080/' --timeout 30s -- ./server",
        })
final class VerifyCommand implements Callable<Integer>, SaysErrorsInJson {
    private static final List<String> NOTHING = List.of("true");
    /** A run has a limit of its own. */
    private static final Duration NEVER = Duration.ofDays(365);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "PROFILE", description = "A file, or a baseline such as docker-default.")
    private String profile = "";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "CMD",
            description = "The workload and its arguments, after --. Without one, only --must-deny is looked at.")
    private List<String> command = new ArrayList<>();

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "5",
            description = "How often it has to work. Default: ${DEFAULT-VALUE}.")
    private int runs = 5;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = Durations.class,
            description =
                    "After it, beyond what --for says, a run is killed, and has failed. Default: ${DEFAULT-VALUE}.")
    private Duration timeout = Duration.ofSeconds(60);

    @Option(
            names = "--must-deny",
            paramLabel = "'CALL ARG...'",
            description =
                    "This call has to be refused in the container; it is made there, once under the profile and once"
                            + " without. Arguments are numbers or names, missing ones 0. Repeatable.")
    private List<String> mustDeny = new ArrayList<>();

    @Option(names = "--no-new-privileges", description = "The container runs with no-new-privileges.")
    private boolean noNewPrivileges;

    @Option(names = "--init", description = "The container has Docker's own init, as docker run --init.")
    private boolean init;

    @Mixin
    private OracleOptions oracle = new OracleOptions();

    @Mixin
    private CourseOptions courseOptions = new CourseOptions();

    @Mixin
    private FixOptions fix = new FixOptions();

    @Mixin
    private WorkloadOptions workloadOptions = new WorkloadOptions();

    @Option(names = "--json", description = "One JSON object instead of the text.")
    private boolean json;

    @Override
    public boolean json() {
        return json;
    }

    @Override
    public Integer call() {
        check();
        Ending ending = Ending.begin();
        ending.countRequests();
        int status = ExitCode.RECORD_FAILED.status();
        try {
            status = verify(ending);
        } catch (CancellationException e) {
            status = ending.signalStatus();
        } finally {
            spec.commandLine().getOut().flush();
            ending.finish(status);
        }
        return status;
    }

    private int verify(Ending ending) {
        Profile read = ProfileFiles.read(profile, this::warn);
        try (Subject subject = subject();
                Scratch scratch = new Scratch()) {
            Place place = Places.of(subject, scratch);
            refuse(Resolver.resolve(read, place.host()));
            Course course = subject.course(course());
            Duration limit = timeout.plus(course.limit().orElse(Duration.ZERO));
            Oracle works = oracle.oracle(course.endsOnPurpose());
            Task task = new Task(words(subject), runs, limit, course, works, asked(place.host()), ending::isWanted);
            WorkLine line = new WorkLine(spec.commandLine().getErr(), !json);
            Verifier verifier = new Verifier(place, task, line::show);
            FixedProfile result = fix.run(profile, read, verifier, place.host(), subject.command());
            line.clear();
            print(result, place);
            return (result.verification().passed() ? ExitCode.DONE : ExitCode.NO).status();
        }
    }

    private Course course() {
        Course course = courseOptions.course(NEVER);
        Optional<String> probe = oracle.probe();
        if (probe.isPresent() && course.until().isPresent()) {
            throw new ParameterException(spec.commandLine(), "--probe and --until are the same: one is enough");
        }
        return probe.map(course::withUntil).orElse(course);
    }

    private Subject subject() {
        PolicyBuilder policy = new PolicyBuilder();
        if (noNewPrivileges || workloadOptions.noNewPrivileges()) {
            policy.set("no-new-privileges", "yes", "");
        }
        if (init) {
            policy.set("init", "yes", "");
        }
        boolean needsWords = command.isEmpty() && (!workloadOptions.hasImage() || !mustDeny.isEmpty());
        return workloadOptions.subject(
                needsWords ? NOTHING : command,
                policy.policy(),
                System.getProperty("java.io.tmpdir", "/tmp") + "/profgen.");
    }

    /** What is run; nothing if only calls that must be denied were asked for. */
    private List<String> words(Subject subject) {
        boolean onlyCalls = command.isEmpty() && !mustDeny.isEmpty();
        return onlyCalls ? List.of() : subject.command();
    }

    private void check() {
        if (command.isEmpty() && mustDeny.isEmpty() && !workloadOptions.hasImage()) {
            throw new ParameterException(spec.commandLine(), "expected -- and a command, --image or --must-deny");
        }
        if (runs < 1) {
            throw new BadInputException("--runs " + runs + ": expected a number from 1");
        }
        fix.check(profile);
    }

    private void refuse(Filter filter) {
        filter.demandAccepted(profile);
    }

    private List<AskedDenial> asked(Host host) {
        List<AskedDenial> asked = new ArrayList<>();
        for (String text : mustDeny) {
            Witness call = AskedCall.parse(
                    host.arch().nativeAbi(), List.of(text.strip().split("\\s+")));
            asked.add(new AskedDenial(text.strip(), call.call(), call.abi(), call.number(), call.arguments()));
        }
        return asked;
    }

    private void warn(String problem) {
        spec.commandLine().getErr().println("profgen: " + profile + ": " + problem);
    }

    private void print(FixedProfile result, Place place) {
        VerifyReport report = new VerifyReport(profile, place, result, runs);
        spec.commandLine().getOut().print(json ? VerifyJson.of(report) : report.text());
    }
}
