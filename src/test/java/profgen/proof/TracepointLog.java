package profgen.proof;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the kernel's tracepoints saw of a workload: a second witness beside the recorder.
 *
 * @param events in the order of time
 */
record TracepointLog(List<TraceEvent> events) {
    TracepointLog {
        events = List.copyOf(events);
    }

    static TracepointLog parse(Stream<String> lines) {
        return new TracepointLog(
                lines.flatMap(line -> TraceEvent.parse(line).stream()).toList());
    }

    /** What the workload did, which begins with the first successful execve of a process. */
    Workload workload(int mainPid) {
        Set<Integer> tasks = new HashSet<>();
        Map<Integer, Long> entered = new TreeMap<>();
        Map<Integer, Long> returned = new TreeMap<>();
        for (TraceEvent event : events) {
            if (event instanceof TraceEvent.Exec exec && exec.pid() == mainPid) {
                tasks.add(mainPid);
            }
            if (!tasks.contains(event.pid())) {
                continue;
            }
            if (event instanceof TraceEvent.Fork fork) {
                tasks.add(fork.child());
            } else if (event instanceof TraceEvent.Enter enter) {
                entered.merge(enter.number(), 1L, Long::sum);
            } else if (event instanceof TraceEvent.Exit exit) {
                returned.merge(exit.number(), 1L, Long::sum);
            }
        }
        return new Workload(entered, returned);
    }

    /**
     * How often each number was entered and returned from. The entry of the first execve is not among them: it came before the workload.
     *
     * @param returned under -1: rt_sigreturn
     */
    record Workload(Map<Integer, Long> entered, Map<Integer, Long> returned) {
        Workload {
            entered = Map.copyOf(entered);
            returned = Map.copyOf(returned);
        }
    }
}
