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

    /** @param words what stands where an id is expected: one word, or none with --container */
    Live look(CommandLine line, List<String> words) {
        int expected = container == null ? 1 : 0;
        if (words.size() != expected) {
            throw new ParameterException(
                    line, container == null ? "expected PID, or --container NAME" : "--container: takes no PID");
        }
        if (container == null) {
            return new Live(inspect(id(line, words.get(0))), Optional.empty());
        }
        ContainerProcess found = ContainerProcess.find(container);
        return new Live(inspect(found.pid()), Optional.of(found));
    }

    private static Inspection inspect(int id) {
        LiveProcess process = LiveProcess.read(id);
        return Inspection.of(TracerBinary.locate(), process);
    }

    private static int id(CommandLine line, String word) {
        if (!word.matches("[1-9][0-9]{0,8}")) {
            throw new ParameterException(line, word + ": expected the id of a process or thread, a number");
        }
        return Integer.parseInt(word);
    }
}
