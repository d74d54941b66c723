package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import profgen.Requires;

/**
 * A trace instance of one's own, so that no other user of tracefs is disturbed. It is reached through a mount that only a helper process has; when the helper's
 * stdin ends (also because this JVM was killed), it removes the instance, and its mount goes with it.
 */
final class Tracefs implements AutoCloseable {
    private static final String TRACING = "/sys/kernel/tracing";
    /** PROC_PID_INIT_INO: the same number on every kernel. */
    private static final String FIRST_PID_NAMESPACE = "pid:[4026531836]";

    private static final String HELPER = "mount -t tracefs nodev " + TRACING + " && mkdir " + TRACING
            + "/instances/$1 && echo ready && read -r end; rmdir " + TRACING + "/instances/$1";
    /** The recorder is part of the traced tree; its own calls would fill the buffer. */
    private static final String NOT_THE_TRACER = "comm != \"profgen-tracer\"";

    private static final String FOLLOW_ME = "echo $$ >\"$1\"; shift; exec \"$@\"";

    private static final List<String> CALLS = List.of("raw_syscalls/sys_enter", "raw_syscalls/sys_exit");
    private static final List<String> TASKS = List.of("sched/sched_process_fork", "sched/sched_process_exec");
    private static final int KIB_PER_CPU = 65536;

    private final Process helper;
    private final Path instance;

    private Tracefs(Process helper, Path instance) {
        this.helper = helper;
        this.instance = instance;
    }

    /** Tracepoints give pids of the first pid namespace; a recorder in another one could not be matched. */
    static boolean isUsable() throws IOException {
        boolean firstNamespace =
                Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString().equals(FIRST_PID_NAMESPACE);
        return firstNamespace && Requires.answers("unshare", "--mount", "mount", "-t", "tracefs", "nodev", TRACING);
    }

    static Tracefs open() throws IOException {
        String name = "profgen-" + UUID.randomUUID();
        Process helper = new ProcessBuilder(
                        "unshare", "--mount", "--propagation", "private", "sh", "-c", HELPER, "sh", name)
                .redirectErrorStream(true)
                .start();
        BufferedReader answer = helper.inputReader(StandardCharsets.UTF_8);
        assertThat(answer.readLine()).as("tracefs").isEqualTo("ready");
        Tracefs tracefs =
                new Tracefs(helper, Path.of("/proc/" + helper.pid() + "/root" + TRACING + "/instances", name));
        tracefs.write("buffer_size_kb", String.valueOf(KIB_PER_CPU));
        // One clock for all processors, else a child's first events may sort before its fork.
        tracefs.write("trace_clock", "mono");
        tracefs.write("options/event-fork", "1");
        return tracefs;
    }

    /** Runs a command, traced with all its descendants from its first call on. */
    Traced trace(BoundedCommand command) throws IOException {
        setFilter(NOT_THE_TRACER);
        return run(command.words(
                "sh", "-c", FOLLOW_ME, "sh", instance.resolve("set_event_pid").toString()));
    }

    /**
     * Runs a command and traces every task of these names. For a program that executes from a thread that is not its leader: the leader's id, which the thread
     * takes over, leaves the list of followed tasks when the leader ends.
     *
     * @param comms at most 15 characters each
     */
    Traced traceByName(BoundedCommand command, List<String> comms) throws IOException {
        setFilter(comms.stream().map(comm -> "comm == \"" + comm + "\"").collect(Collectors.joining(" || ")));
        return run(command);
    }

    private Traced run(BoundedCommand command) throws IOException {
        enable("1");
        Ended ended = command.run();
        enable("0");
        assertNothingWasLost();
        try (Stream<String> lines = Files.lines(instance.resolve("trace"), StandardCharsets.ISO_8859_1)) {
            return new Traced(ended, TracepointLog.parse(lines));
        } finally {
            write("set_event_pid", "");
            write("trace", "");
        }
    }

    private void setFilter(String filter) throws IOException {
        for (String event : CALLS) {
            write("events/" + event + "/filter", filter);
        }
    }

    private void enable(String value) throws IOException {
        for (String event : Stream.concat(CALLS.stream(), TASKS.stream()).toList()) {
            write("events/" + event + "/enable", value);
        }
    }

    private void assertNothingWasLost() throws IOException {
        try (var processors = Files.newDirectoryStream(instance.resolve("per_cpu"), "cpu*")) {
            for (Path processor : processors) {
                assertThat(Files.readString(processor.resolve("stats")))
                        .as("tracefs " + processor.getFileName())
                        .contains("\noverrun: 0\n", "\ndropped events: 0\n");
            }
        }
    }

    private void write(String file, String value) throws IOException {
        Files.writeString(
                instance.resolve(file), value, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        try (OutputStream end = helper.getOutputStream()) {
            end.write('\n');
        }
        try {
            assertThat(helper.waitFor(30, TimeUnit.SECONDS))
                    .as("tracefs helper ended")
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A command that ran, and what the tracepoints saw of it. */
    record Traced(Ended ended, TracepointLog log) {}
}
