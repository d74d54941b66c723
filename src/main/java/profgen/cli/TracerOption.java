package profgen.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import profgen.BadInputException;
import profgen.recording.Inheritance;
import profgen.recording.RecordingReader;
import profgen.tracer.Backend;

/** The option that chooses what sees the calls. */
final class TracerOption {
    @Option(
            names = "--tracer",
            paramLabel = "auto|ebpf|late|notify|ptrace|strace",
            defaultValue = "auto",
            description =
                    "What sees the calls; auto: ebpf where it is allowed and exact, else late, whose counts are lower"
                            + " bounds. Default: ${DEFAULT-VALUE}.")
    private Backend backend = Backend.AUTO;

    @Option(
            names = "--base",
            paramLabel = "REC",
            description = "What this recording has is let through from the start, and counts as recorded again; for"
                    + " --tracer late, and for CMD in the sandbox or on the host.")
    private @Nullable Path base;

    /** The subject, with what is let through where that was asked for. */
    Subject based(Subject subject) {
        if (backend == Backend.STRACE && !(subject instanceof Subject.Here)) {
            throw new BadInputException(
                    "--tracer strace: is for CMD in the sandbox or on the host",
                    "--tracer ptrace is for containers too");
        }
        if (base == null) {
            return subject;
        }
        backend = backend == Backend.AUTO ? Backend.LATE : backend;
        if (backend != Backend.LATE || !(subject instanceof Subject.Here here)) {
            throw new BadInputException(
                    "--base " + base + ": is for --tracer late, and for CMD in the sandbox or on the host");
        }
        return new BasedSubject(here, Inheritance.of(RecordingReader.read(base), HostOptions.own()));
    }

    Backend backend() {
        return backend;
    }

    /** For what runs already. */
    Backend attaching() {
        if (!backend.attaches()) {
            throw new BadInputException(
                    "--tracer " + backend.label() + ": follows only what it has started",
                    "--tracer ebpf and --tracer ptrace attach");
        }
        return backend;
    }
}
