package profgen.cli;

import picocli.CommandLine.Option;
import profgen.BadInputException;
import profgen.tracer.Backend;

/** The option that chooses what sees the calls. */
final class TracerOption {
    @Option(
            names = "--tracer",
            paramLabel = "auto|ebpf|late|notify|ptrace",
            defaultValue = "ptrace",
            description = "What sees the calls; auto: the best that works here. Default: ${DEFAULT-VALUE}.")
    private Backend backend = Backend.PTRACE;

    Backend backend() {
        return backend;
    }

    /** For what runs already. */
    Backend attaching() {
        if (!backend.attaches()) {
            throw new BadInputException(
                    "--tracer " + backend.label() + ": follows only what it has started", "--tracer ptrace attaches");
        }
        return backend;
    }
}
