package profgen.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import profgen.generate.Policy;
import profgen.generate.PolicyBuilder;
import profgen.generate.PolicyFile;

/** The options that say what a profile is to be like, beside what was recorded. */
final class PolicyOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "Settings and names with their reasons, one a line, as these options without --."
                    + " Default: NAME.policy beside NAME.recording.json, if it is there.")
    private @Nullable Path file;

    @Option(
            names = "--gates",
            paramLabel = "docker|observed",
            description = "docker (default): calls that Docker's default allows with a capability only stay so."
                    + " observed: where the call succeeded without it, and a reviewed table says that the kernel's own"
                    + " check suffices, it is allowed without.")
    private @Nullable String gates;

    @Option(
            names = "--allow",
            paramLabel = "NAME",
            split = ",",
            description = "Allow this call too, as far as Docker's default does.")
    private List<String> allow = List.of();

    @Option(names = "--deny", paramLabel = "NAME", split = ",", description = "Do not allow it, even if recorded.")
    private List<String> deny = List.of();

    @Option(
            names = "--allow-beyond",
            paramLabel = "NAME",
            split = ",",
            description = "Allow it although Docker's default denies it or asks for a capability; argument values stay"
                    + " those that were recorded, if they are known.")
    private List<String> allowBeyond = List.of();

    @Option(
            names = "--runtime",
            paramLabel = "runc|crun|all",
            description =
                    "Whose start-up the profile has to carry; runc@1.3, or crun@1.21: of that version. Default: all.")
    private @Nullable String runtime;

    @Option(
            names = "--no-new-privileges",
            description =
                    "The container runs with no-new-privileges: the runtime needs next to nothing of the profile.")
    private boolean noNewPrivileges;

    @Option(names = "--init", description = "The container runs with docker run --init.")
    private boolean init;

    @Option(names = "--exec", description = "docker exec and health checks have to work with crun too.")
    private boolean exec;

    @Option(
            names = "--implicit",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description =
                    "Put in (default), or leave out, the calls that a recording may miss: those that never return,"
                            + " that the kernel puts in itself, that the vDSO usually answers, waits that were not"
                            + " necessary.")
    private boolean implicit = true;

    @Option(
            names = "--kernel",
            paramLabel = "VERSION",
            description = "The oldest kernel that the profile is for, e.g. 6.1; settles Docker's conditions by kernel.")
    private @Nullable String kernel;

    @Option(
            names = "--arch",
            paramLabel = "ARCH",
            split = ",",
            description = "x86_64 or loongarch64. Default: those of the recording. For another one the names are taken"
                    + " over by tables.")
    private List<String> arches = List.of();

    @Option(
            names = "--default-action",
            paramLabel = "errno|log|kill",
            description = "What meets a call that the profile does not name: EPERM (default); log: it is allowed and"
                    + " logged, to find out what is missing; kill: the process ends.")
    private @Nullable String defaultAction;

    /** What the file says, and on top of it the options. */
    Policy policy(List<Path> recordings) {
        return policy(recordings, false);
    }

    /** @param bound another option says that the container runs with no-new-privileges */
    Policy policy(List<Path> recordings, boolean bound) {
        PolicyBuilder policy = new PolicyBuilder();
        if (file != null) {
            PolicyFile.read(file, policy);
        } else {
            recordings.stream()
                    .map(PolicyFile::beside)
                    .distinct()
                    .filter(Files::exists)
                    .forEach(found -> PolicyFile.read(found, policy));
        }
        all(policy, "allow", allow);
        all(policy, "deny", deny);
        all(policy, "allow-beyond", allowBeyond);
        all(policy, "arch", arches);
        one(policy, "gates", gates);
        one(policy, "runtime", runtime);
        one(policy, "kernel", kernel);
        one(policy, "default-action", defaultAction);
        one(policy, "no-new-privileges", noNewPrivileges || bound ? "yes" : null);
        one(policy, "init", init ? "yes" : null);
        one(policy, "exec", exec ? "yes" : null);
        one(policy, "implicit", implicit ? null : "no");
        policy.contradiction().ifPresent(problem -> {
            throw new ParameterException(spec.commandLine(), problem);
        });
        return policy.policy();
    }

    private void all(PolicyBuilder policy, String key, List<String> values) {
        values.forEach(value -> one(policy, key, value));
    }

    private void one(PolicyBuilder policy, String key, @Nullable String value) {
        if (value != null) {
            policy.set(key, value, "").ifPresent(problem -> {
                throw new ParameterException(spec.commandLine(), "--" + key + " " + problem);
            });
        }
    }
}
