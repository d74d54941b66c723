package profgen.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import profgen.BadInputException;
import profgen.container.CapabilityOptions;
import profgen.container.ContainerOptions;
import profgen.container.EngineKind;
import profgen.container.Network;
import profgen.container.UserDatabase;
import profgen.container.UserIds;
import profgen.container.Workload;
import profgen.generate.Policy;
import profgen.profile.RuntimeFloor;

/** The options that say in which container a workload runs. */
final class WorkloadOptions {
    @Option(
            names = "--engine",
            paramLabel = "NAME",
            description = "Where it runs. sandbox: the built-in container; host: without one; auto: in the sandbox, and"
                    + " where this machine forbids that on the host. docker or podman: a container of --image, with"
                    + " auto the first of them that has it. runc or crun: a container of --rootfs, or of an image in a"
                    + " file, for which auto is the sandbox. Default: ${DEFAULT-VALUE}.",
            defaultValue = "auto")
    private EngineKind engine = EngineKind.AUTO;

    @Option(
            names = "--pid1",
            description = "The workload is the first process of the container, without an init above it.")
    private boolean pid1;

    @Option(
            names = "--cap-add",
            paramLabel = "CAP",
            split = ",",
            description = "Add a capability to Docker's 14 (ALL: all), as docker run does.")
    private List<String> capAdd = new ArrayList<>();

    @Option(names = "--cap-drop", paramLabel = "CAP", split = ",", description = "Drop a capability (ALL: all).")
    private List<String> capDrop = new ArrayList<>();

    @Option(
            names = "--network",
            paramLabel = "NAME",
            description = "In the sandbox host (default), the caller's network, or none, a loopback interface only; an"
                    + " engine's own with --image.")
    private @Nullable String network;

    @Option(
            names = {"-u", "--user"},
            paramLabel = "USER[:GROUP]",
            description = "Names (of the workload's file system) or numbers. Default: the caller; the image's.")
    private @Nullable String user;

    @Option(
            names = {"-w", "--workdir"},
            paramLabel = "DIR",
            description = "The folder it starts in.")
    private @Nullable String workdir;

    @Option(
            names = {"-e", "--env"},
            paramLabel = "NAME=VALUE",
            description = "Set a variable; the rest of the environment is the caller's, and with --image the image's.")
    private List<String> environment = new ArrayList<>();

    @Option(names = "--read-only", description = "The file system cannot be written to.")
    private boolean readOnly;

    @Option(
            names = "--rootfs",
            paramLabel = "DIR",
            description = "The workload's file system. Default: the caller's. A profile for an image is best made with"
                    + " the image's file system: another libc makes other calls.")
    private @Nullable String rootfs;

    @Option(names = "--hostname", paramLabel = "NAME", description = "The host name in the container.")
    private @Nullable String hostname;

    @Mixin
    private EngineOptions engineOptions = new EngineOptions();

    /** Docker's way to say what {@code --no-new-privileges} says. */
    boolean noNewPrivileges() {
        return engineOptions.noNewPrivileges();
    }

    boolean hasImage() {
        return engineOptions.image() != null;
    }

    String nameOf(List<String> command) {
        return engineOptions.nameOf(command);
    }

    /**
     * @param command may be empty if there is an image
     * @param place path of what has to be made for it, without its last part
     */
    Subject subject(List<String> command, Policy policy, String place) {
        String image = engineOptions.image();
        if (image == null && !engine.isForeign()) {
            return new Subject.Here(workload(command, policy.noNewPrivileges()), engine);
        }
        boolean init = policy.floors().contains(RuntimeFloor.DOCKER_INIT);
        boolean sandbox = engine == EngineKind.AUTO || engine == EngineKind.SANDBOX;
        ContainerSubjects subjects = new ContainerSubjects(
                engine,
                options(policy.noNewPrivileges(), init),
                engineOptions.entrypoint(),
                pid1,
                sandbox && engineOptions.isInFile() ? sandboxNetwork() : Network.HOST,
                init ? "--init" : engineOptions.needsEngine());
        if (image == null) {
            return subjects.ofRootfs(rootfs, command);
        }
        if (rootfs != null) {
            throw new BadInputException("--rootfs " + rootfs + ": an image has a file system of its own");
        }
        return subjects.ofImage(image, command, engineOptions.limits(), place);
    }

    private ContainerOptions options(boolean noNewPrivileges, boolean init) {
        return new ContainerOptions(
                new CapabilityOptions(capAdd, capDrop),
                network,
                user,
                workdir,
                hostname,
                environment,
                engineOptions.volumes(),
                engineOptions.tmpfs(),
                engineOptions.ulimits(),
                engineOptions.shmSize(),
                engineOptions.securityOptions(),
                engineOptions.engineArguments(),
                readOnly,
                noNewPrivileges,
                init,
                engineOptions.terminal(),
                engineOptions.interactive());
    }

    private Workload workload(List<String> command, boolean noNewPrivileges) {
        String foreign = engineOptions.entrypoint() == null ? engineOptions.needsEngine() : "--entrypoint";
        if (foreign != null) {
            throw new BadInputException(
                    foreign + ": is an option for a container of an engine", "--image REF records in one");
        }
        checkFolder("--rootfs", rootfs);
        if (rootfs == null) {
            checkFolder("--workdir", workdir);
        }
        Workload workload = new Workload(
                command,
                new CapabilityOptions(capAdd, capDrop),
                sandboxNetwork(),
                ids(),
                workdir,
                changes(),
                rootfs,
                hostname,
                readOnly,
                noNewPrivileges,
                pid1);
        if (engine == EngineKind.HOST && !workload.containerOnly().isEmpty()) {
            throw new BadInputException(
                    workload.containerOnly().get(0) + ": means nothing with --engine host",
                    "leave the option out, or record in the sandbox");
        }
        return workload;
    }

    private Network sandboxNetwork() {
        for (Network known : Network.values()) {
            if (network == null || known.label().equals(network)) {
                return known;
            }
        }
        throw new BadInputException(
                "--network " + network + ": the sandbox has host and none", "--image REF records on other networks");
    }

    private @Nullable UserIds ids() {
        return user == null
                ? null
                : UserDatabase.of(Path.of(rootfs == null ? "/" : rootfs)).resolve(user);
    }

    /** A name without a value means the caller's variable, which the workload has anyway. */
    private List<String> changes() {
        for (String change : environment) {
            if (change.isEmpty() || change.startsWith("=")) {
                throw new BadInputException("--env " + change + ": expected NAME=VALUE");
            }
        }
        return environment.stream().filter(change -> change.contains("=")).toList();
    }

    private static void checkFolder(String option, @Nullable String folder) {
        try {
            if (folder != null && !Files.isDirectory(Path.of(folder))) {
                throw new BadInputException(option + " " + folder + ": no such folder");
            }
        } catch (InvalidPathException e) {
            /* A name that this JVM's locale cannot spell: the tracer finds out. */
        }
    }
}
