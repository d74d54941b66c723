package profgen.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import profgen.BadInputException;
import profgen.container.CapabilityOptions;
import profgen.container.EngineKind;
import profgen.container.Network;
import profgen.container.UserDatabase;
import profgen.container.UserIds;
import profgen.container.Workload;

/** The options that say in which container a workload runs. */
final class WorkloadOptions {
    @Option(
            names = "--engine",
            paramLabel = "auto|sandbox|host",
            description =
                    "Where it runs: in the built-in container, on the host without one, or (auto) in the container"
                            + " and where this machine forbids that on the host. Default: ${DEFAULT-VALUE}.",
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
            paramLabel = "host|none",
            description = "The caller's network, or a loopback interface only. Default: ${DEFAULT-VALUE}.",
            defaultValue = "host")
    private Network network = Network.HOST;

    @Option(
            names = "--user",
            paramLabel = "USER[:GROUP]",
            description = "Names (of the workload's file system) or numbers. Default: the caller.")
    private @Nullable String user;

    @Option(names = "--workdir", paramLabel = "DIR", description = "The folder it starts in.")
    private @Nullable String workdir;

    @Option(
            names = "--env",
            paramLabel = "NAME=VALUE",
            description = "Set a variable; the rest of the environment is the caller's.")
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

    EngineKind engine() {
        return engine;
    }

    boolean hasRootfs() {
        return rootfs != null;
    }

    Workload workload(List<String> command, boolean noNewPrivileges) {
        checkFolder("--rootfs", rootfs);
        if (rootfs == null) {
            checkFolder("--workdir", workdir);
        }
        Workload workload = new Workload(
                command,
                new CapabilityOptions(capAdd, capDrop),
                network,
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
