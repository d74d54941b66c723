package profgen.proof;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One line of a tracefs {@code trace} file, of the events that {@link Tracefs} enables. */
sealed interface TraceEvent {
    /** The task that the event happened in (a thread id, in the initial pid namespace). */
    int pid();

    /** raw_syscalls:sys_enter. Not raised for a call that a seccomp filter denies; the number carries x32's bit 30, but nothing tells i386 from x86_64. */
    record Enter(int pid, int number) implements TraceEvent {}

    /** raw_syscalls:sys_exit; the number is -1 for rt_sigreturn. */
    record Exit(int pid, int number, long result) implements TraceEvent {}

    /** sched:sched_process_fork, of threads too. */
    record Fork(int pid, int child) implements TraceEvent {}

    /** sched:sched_process_exec; the old id differs when a thread other than the leader did it. */
    record Exec(int pid, int oldPid) implements TraceEvent {}

    /** Empty for comments and other events. */
    static Optional<TraceEvent> parse(String line) {
        Matcher matcher = Patterns.LINE.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int pid = Integer.parseInt(matcher.group("pid"));
        String text = matcher.group("text");
        return switch (matcher.group("event")) {
            case "sys_enter" -> Patterns.with(Patterns.ENTER, text, m -> new Enter(pid, number(m.group(1))));
            case "sys_exit" ->
                Patterns.with(Patterns.EXIT, text, m -> new Exit(pid, number(m.group(1)), Long.parseLong(m.group(2))));
            case "sched_process_fork" ->
                Patterns.with(Patterns.FORK, text, m -> new Fork(pid, Integer.parseInt(m.group(1))));
            case "sched_process_exec" ->
                Patterns.with(Patterns.EXEC, text, m -> new Exec(pid, Integer.parseInt(m.group(1))));
            default -> Optional.empty();
        };
    }

    private static int number(String text) {
        return (int) Long.parseLong(text);
    }

    /** How the kernel prints the events. */
    final class Patterns {
        /** The name of a task may hold blanks and hyphens. */
        private static final Pattern LINE =
                Pattern.compile("\\s*.+-(?<pid>\\d+)\\s+\\[\\d+\\]\\s+\\S+\\s+[\\d.]+: (?<event>\\w+): (?<text>.*)");

        private static final Pattern ENTER = Pattern.compile("NR (-?\\d+) \\(.*");
        private static final Pattern EXIT = Pattern.compile("NR (-?\\d+) = (-?\\d+)");
        private static final Pattern FORK = Pattern.compile(".* child_pid=(\\d+)");
        private static final Pattern EXEC = Pattern.compile(".* old_pid=(\\d+)");

        private Patterns() {}

        private static Optional<TraceEvent> with(Pattern pattern, String text, Function<Matcher, TraceEvent> make) {
            Matcher matcher = pattern.matcher(text);
            return matcher.matches() ? Optional.of(make.apply(matcher)) : Optional.empty();
        }
    }
}
