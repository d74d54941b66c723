package profgen.cli;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import profgen.host.ContainerProcess;
import profgen.host.Inspection;
import profgen.host.LiveProcess;
import profgen.tracer.TracerBinary;

/** Which live process a command is about. */
final class LiveOptions {
    @Option(
            names = "--container",
            paramLabel = "NAME",
            description =
                    "Instead of PID: the first process of this running container, by its name or id, of Docker, Podman,"
                            + " runc or crun.")
    private @Nullable String container;

    boolean saysContainer() {
        return container != null;
    }

    /** The process that is meant, and its container if it was named by that. */
    record Found(LiveProcess process, Optional<ContainerProcess> container) {}

    /** @param words what stands where an id is expected: one word, or none with --container */
    Found find(CommandLine line, List<String> words) {
        int expected = container == null ? 1 : 0;
        if (words.size() != expected) {
            throw new ParameterException(
                    line, container == null ? "expected PID, or --container NAME" : "--container: takes no PID");
        }
        if (container == null) {
            return new Found(LiveProcess.read(id(line, words.get(0))), Optional.empty());
        }
        ContainerProcess found = ContainerProcess.find(container);
        return new Found(LiveProcess.read(found.pid()), Optional.of(found));
    }

    /** The same with its filters. */
    Live look(CommandLine line, List<String> words) {
        Found found = find(line, words);
        return new Live(Inspection.of(TracerBinary.locate(), found.process()), found.container());
    }

    private static int id(CommandLine line, String word) {
        if (!word.matches("[1-9][0-9]{0,8}")) {
            throw new ParameterException(line, word + ": expected the id of a process or thread, a number");
        }
        return Integer.parseInt(word);
    }
}
