package profgen.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import profgen.BadInputException;
import profgen.HostException;
import profgen.container.ClientEngine;
import profgen.container.Container;
import profgen.container.EngineKind;
import profgen.container.Starter;
import profgen.tracer.RunningProcess;

/** The options that record what runs already. */
final class AttachOptions {
    @Option(
            names = "--attach",
            paramLabel = "PID",
            description = "Instead of running CMD, record this process and all below it from now on, until --for,"
                    + " --until, --exercise or Ctrl-C; then they go on as before.")
    private @Nullable Integer pid;

    @Option(
            names = "--container",
            paramLabel = "NAME",
            description = "The same for a running container of Docker or Podman.")
    private @Nullable String container;

    @Option(names = "--attach-alone", description = "Without the processes below.")
    private boolean alone;

    /** Empty if something is to be run. */
    Optional<RunningProcess> process() {
        if (pid != null && container != null) {
            throw new BadInputException("--container " + container + ": excludes --attach");
        }
        if (pid != null && pid < 1) {
            throw new BadInputException("--attach " + pid + ": expected the number of a process");
        }
        if (container != null) {
            return Optional.of(new RunningProcess(mainProcess(container), alone));
        }
        if (pid == null && alone) {
            throw new BadInputException("--attach-alone: needs --attach or --container");
        }
        return Optional.ofNullable(pid).map(number -> new RunningProcess(number, alone));
    }

    /** Of the first engine that has a container of that name. */
    private static int mainProcess(String name) {
        List<String> answers = new ArrayList<>();
        for (EngineKind kind : List.of(EngineKind.DOCKER, EngineKind.PODMAN)) {
            try {
                Container.State state = new ClientEngine(kind, Starter.PLAIN).state(name);
                if (state.pid().isPresent()) {
                    return state.pid().getAsInt();
                }
                answers.add(kind.label() + (state.exists() ? " does not run it" : " has no such container"));
            } catch (HostException e) {
                answers.add(e.getMessage());
            }
        }
        throw new BadInputException("--container " + name + ": " + String.join("; ", answers));
    }
}
