package profgen.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import profgen.BadInputException;
import profgen.HostException;
import profgen.filter.BpfProgram;
import profgen.filter.FilterStack;
import profgen.filter.StrictMode;
import profgen.filter.Verdicts;

/**
 * What a process, or one thread, really runs under.
 *
 * @param stack empty unless its mode is 2
 * @param remarks what else one should know, one sentence each
 */
public record Inspection(LiveProcess process, FilterStack stack, List<String> remarks) {
    /** The tracer gives a process that does not stop 5 seconds. */
    private static final int SECONDS = 20;

    private static final int NO_SUCH_TASK = 3;
    private static final int IMPOSSIBLE = 4;
    private static final ObjectMapper JSON = new ObjectMapper();

    public Inspection {
        remarks = List.copyOf(remarks);
    }

    /**
     * The process is stopped for the moment in which its filters are read, and only if it has any.
     *
     * @param tracer {@code profgen-tracer}, which reads them
     * @throws BadInputException if it is gone, a zombie or a thread of the kernel
     * @throws HostException if it may not be looked at
     */
    public static Inspection of(Path tracer, LiveProcess process) {
        int id = process.id();
        FilterStack stack =
                stack(id, Command.run(SECONDS, List.of(tracer.toString(), "filters", Integer.toString(id))));
        if (!LiveProcess.started(id).equals(process.started())) {
            throw LiveProcess.gone(id);
        }
        List<String> remarks = new ArrayList<>(Threads.remarks(process));
        if (process.mode() == 1) {
            remarks.add("strict mode kills with SIGKILL, where a filter that says the same kills with SIGSYS");
        }
        return new Inspection(process, stack, remarks);
    }

    static FilterStack stack(int id, Command answer) {
        if (answer.status() != 0 && answer.status() != NO_SUCH_TASK && answer.status() != IMPOSSIBLE) {
            throw new HostException(id + ": profgen-tracer: " + answer.lastLine());
        }
        JsonNode node = parse(answer.lastLine());
        String problem = id + ": " + node.path("problem").asText();
        String remedy = node.path("remedy").asText().isEmpty()
                ? null
                : node.path("remedy").asText();
        if (answer.status() == NO_SUCH_TASK) {
            throw new BadInputException(problem, remedy);
        } else if (answer.status() == IMPOSSIBLE) {
            throw new HostException(problem, remedy);
        }
        List<BpfProgram> programs = new ArrayList<>();
        node.path("filters")
                .forEach(hex -> programs.add(BpfProgram.parse(HexFormat.of().parseHex(hex.asText()))));
        return new FilterStack(programs);
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("profgen-tracer filters: " + line, e);
        }
    }

    public Verdicts verdicts() {
        return process.mode() == 1 ? StrictMode.INSTANCE : stack;
    }
}
