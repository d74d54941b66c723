package profgen.recording;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import profgen.BadInputException;
import profgen.recording.Call.FirstSight;
import profgen.syscall.Abi;
import profgen.syscall.Arch;
import profgen.syscall.SyscallTable;

/** The log of {@code strace -f -o FILE}, in any of its option styles -> a run. */
final class StraceImport {
    private static final Pattern CALL = Pattern.compile("([a-z_][a-z0-9_]*)\\((.*)", Pattern.DOTALL);
    private static final Pattern WHOLE =
            Pattern.compile("(.*)\\)\\s*(?:\\([A-Z]+\\)\\s*)?= ((?:-?\\d|0x|\\?).*)", Pattern.DOTALL);
    private static final Pattern UNFINISHED =
            Pattern.compile("(.*?),? *<unfinished \\.\\.\\.>(?:\\) *= \\?)?", Pattern.DOTALL);
    private static final Pattern RESUMED = Pattern.compile("<\\.\\.\\. (\\w+) resumed>,? ?(.*)", Pattern.DOTALL);
    private static final Pattern MODE =
            Pattern.compile("\\[ Process PID=(\\d{1,9}) runs in (64 bit|32 bit|x32) mode\\. \\]");
    private static final Pattern EXITED = Pattern.compile("\\+\\+\\+ exited with (\\d{1,3}) \\+\\+\\+");
    private static final Pattern KILLED =
            Pattern.compile("\\+\\+\\+ killed by (\\w+(?:\\+\\d+)?)(?: \\(core dumped\\))? \\+\\+\\+");
    private static final Pattern SILENT =
            Pattern.compile("|---.*|>.*|strace: .*|[Pp]rocess \\d+ .*|\\+\\+\\+ superseded by .*", Pattern.DOTALL);
    private static final String UNKNOWN = "(unknown)";

    private final ImportedRun run = new ImportedRun(true);
    private final Arch arch;
    private final Map<Integer, StraceTask> tasks = new HashMap<>();
    private final Set<String> untraced = new TreeSet<>();
    private long processes = 1;
    private final List<String> command = new ArrayList<>();
    private int main = -1;
    private Run.@Nullable Outcome outcome;
    private final StraceClock clock = new StraceClock();
    private boolean table;
    private boolean socketcalls;
    private boolean modes;

    StraceImport(Arch arch) {
        this.arch = arch;
    }

    /**
     * Of a strace that was attached to a process which had just executed its program, without a line about that.
     *
     * @param path of the program
     */
    static StraceImport attached(Arch arch, String path, FirstSight execution) {
        StraceImport log = new StraceImport(arch);
        int number = SyscallTable.of(arch.nativeAbi()).number("execve").orElseThrow();
        log.main = execution.pid();
        log.command.add(execution.argv0());
        log.tasks.put(log.main, new StraceTask(path, execution.argv0(), arch.nativeAbi()));
        log.run.call(path, new CallId(arch.nativeAbi().label(), number), execution, 0, List.of());
        return log;
    }

    /** What an attached strace has seen; threads are counted with the main ones. */
    record Seen(List<Call> calls, List<Run.LedgerEntry> ledger, long processes, long threads) {}

    Seen seen() {
        notes();
        return new Seen(run.calls(), run.ledger(arch), processes, tasks.size());
    }

    /** @param filePid of lines that have none: the end of the file's name after {@code -ff} */
    void read(Stream<String> lines, String source, int filePid) {
        int[] at = {0};
        clock.newFile();
        lines.forEach(line -> {
            at[0]++;
            run.read(line);
            if (!table) {
                line(StraceLine.parse(line), source + ":" + at[0], filePid, line);
            }
        });
        table = false;
    }

    private void line(StraceLine line, String place, int filePid, String text) {
        if (text.startsWith("% time ")) {
            if (run.isEmpty()) {
                throw new BadInputException(
                        place + ": a table of counts, which tells neither arguments nor executables",
                        "strace -f -o FILE writes a log; -c and --summary-only write none");
            }
            table = true;
            return;
        }
        int pid = line.pid() == 0 ? filePid : line.pid();
        clock.read(line);
        Matcher mode = MODE.matcher(line.body());
        Matcher call = CALL.matcher(line.body());
        Matcher resumed = RESUMED.matcher(line.body());
        if (mode.matches()) {
            modes = true;
            task(Integer.parseInt(mode.group(1))).abi = abi(mode.group(2));
        } else if (EXITED.matcher(line.body()).matches()
                || KILLED.matcher(line.body()).matches()) {
            ended(pid, line.body());
        } else if (resumed.matches()) {
            resumed(pid, resumed.group(2), place);
        } else if (call.matches()) {
            begun(pid, line.number(), call.group(1), call.group(2), place);
        } else if (!SILENT.matcher(line.body()).matches()) {
            run.notUnderstood(place);
        }
    }

    private Abi abi(String mode) {
        return switch (mode) {
            case "32 bit" -> Abi.I386;
            case "x32" -> Abi.X32;
            default -> arch.nativeAbi();
        };
    }

    /** One that is new is a child of the process that is just making one, else of the first. */
    private StraceTask task(int pid) {
        main = main < 0 ? pid : main;
        StraceTask known = tasks.get(pid);
        if (known != null) {
            return known;
        }
        StraceTask parent = tasks.values().stream()
                .filter(task -> task.name != null && StraceText.isFork(task.name))
                .findFirst()
                .orElse(tasks.get(main));
        StraceTask made = parent == null
                ? new StraceTask(UNKNOWN, "", arch.nativeAbi())
                : new StraceTask(parent.executable, parent.argv0, parent.abi);
        tasks.put(pid, made);
        return made;
    }

    private void begun(int pid, int number, String name, String rest, String place) {
        StraceTask task = task(pid);
        task.name = name;
        task.number = number;
        Matcher unfinished = UNFINISHED.matcher(rest);
        if (unfinished.matches()) {
            task.arguments = unfinished.group(1);
        } else {
            done(pid, task, rest, place);
        }
    }

    private void resumed(int pid, String rest, String place) {
        StraceTask task = task(pid);
        if (task.name == null) {
            run.notUnderstood(place);
            return;
        }
        String joined =
                task.arguments.isEmpty() || rest.startsWith(")") ? task.arguments + rest : task.arguments + ", " + rest;
        task.arguments = "";
        done(pid, task, joined, place);
    }

    private void done(int pid, StraceTask task, String text, String place) {
        String name = Optional.ofNullable(task.name).orElse("");
        Matcher whole = WHOLE.matcher(text);
        if (!whole.matches()) {
            run.notUnderstood(place);
            task.name = null;
            return;
        }
        String arguments = whole.group(1);
        String result = whole.group(2);
        Optional<Integer> errno = StraceText.errno(result);
        if (name.equals("execve") && errno.equals(Optional.of(0))) {
            executed(pid, task, arguments);
        }
        made(pid, task, arguments, errno.orElse(null), place);
        task.name = null;
        if (StraceText.isFork(name) && errno.equals(Optional.of(0))) {
            processes += StraceText.isThread(name, arguments) ? 0 : 1;
            if (StraceText.isUntraced(name, arguments)) {
                untraced.add(task.executable);
            }
            StraceText.child(result)
                    .ifPresent(
                            child -> tasks.putIfAbsent(child, new StraceTask(task.executable, task.argv0, task.abi)));
        }
    }

    /** The first is the workload's own, and counts as its executable's; later ones as that which was there before. */
    private void executed(int pid, StraceTask task, String arguments) {
        List<String> parts = StraceText.split(arguments);
        List<String> path = StraceText.strings(parts.get(0));
        List<String> words = parts.size() > 1 ? StraceText.strings(parts.get(1)) : List.of();
        if (pid == main && command.isEmpty()) {
            command.addAll(words.isEmpty() ? path : words);
            set(task, path, words);
        } else {
            made(pid, task, arguments, 0, "");
            set(task, path, words);
            task.name = null;
        }
    }

    private void set(StraceTask task, List<String> path, List<String> words) {
        task.abi = modes ? task.abi : arch.nativeAbi();
        task.executable = path.isEmpty() ? UNKNOWN : path.get(0);
        task.argv0 = words.isEmpty() ? "" : words.get(0);
    }

    private void made(int pid, StraceTask task, String arguments, @Nullable Integer errno, String place) {
        String name = task.name;
        if (name == null) {
            return;
        }
        Optional<CallId> id = task.id(name, arch);
        if (id.isEmpty()) {
            run.notUnderstood(place);
            return;
        }
        FirstSight sight = new FirstSight(clock.elapsed(), pid, task.argv0);
        String called = id.get().name().orElse(name);
        List<Long> values =
                called.equals(name) ? StraceText.values(name, arguments).orElse(null) : null;
        run.call(task.executable, id.get(), sight, errno, values);
        if (task.number < 0 && task.abi == Abi.I386 && StraceTask.SOCKETS.contains(name)) {
            socketcalls = true;
            run.call(task.executable, new CallId(Abi.I386.label(), socketcall()), sight, errno, null);
        }
    }

    private static int socketcall() {
        return SyscallTable.of(Abi.I386).number("socketcall").orElseThrow();
    }

    private void ended(int pid, String body) {
        StraceTask task = task(pid);
        if (task.name != null) {
            made(pid, task, task.arguments, null, "");
            task.name = null;
        }
        if (pid == main) {
            Matcher exited = EXITED.matcher(body);
            Matcher killed = KILLED.matcher(body);
            Integer status = exited.matches() ? Integer.valueOf(exited.group(1)) : null;
            Integer signal = killed.matches() ? Signals.number(killed.group(1)) : null;
            outcome = new Run.Outcome(clock.elapsed(), status, signal, null, null);
        }
    }

    /** @param modified of the file, for a log that has no date; ns since the epoch */
    Run run(ImportedRun.Origin origin, long modified, String source) {
        if (run.isEmpty()) {
            throw new BadInputException(
                    source + ": no call of a log of strace", "strace -f -o FILE COMMAND writes one");
        }
        run.note(
                Ledger.IMPORTED,
                "a log of strace: what its options left out is missing; capabilities and user are not told");
        if (command.isEmpty()) {
            run.note("no-executables", "the log does not say which program was started");
        }
        notes();
        return run.run(
                origin,
                clock.start().orElse(modified),
                command,
                outcome == null ? new Run.Outcome(null, null, null, null, null) : outcome);
    }

    private void notes() {
        untraced.forEach(
                executable -> run.note(
                        Ledger.UNTRACED_CLONE,
                        executable
                                + " made a child with CLONE_UNTRACED, which strace does not follow: its calls are not recorded"));
        if (outcome == null) {
            run.note(Ledger.NO_END, "the log has no end of process " + main);
        }
        if (tasks.values().stream().anyMatch(task -> task.inferred)) {
            run.note(
                    "abi-not-told",
                    "the log does not say the ABI: names told it, and a program's first calls may count as the machine's own");
        }
        if (socketcalls) {
            run.note(
                    "socketcall-or-not",
                    "strace names calls of i386 alike whether made through socketcall or not: both are recorded");
        }
    }
}
