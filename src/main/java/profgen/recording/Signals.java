package profgen.recording;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Numbers of signals, which are the same on both architectures. */
final class Signals {
    /** From 1 on. */
    private static final List<String> NAMES = List.of(
            "SIGHUP",
            "SIGINT",
            "SIGQUIT",
            "SIGILL",
            "SIGTRAP",
            "SIGABRT",
            "SIGBUS",
            "SIGFPE",
            "SIGKILL",
            "SIGUSR1",
            "SIGSEGV",
            "SIGUSR2",
            "SIGPIPE",
            "SIGALRM",
            "SIGTERM",
            "SIGSTKFLT",
            "SIGCHLD",
            "SIGCONT",
            "SIGSTOP",
            "SIGTSTP",
            "SIGTTIN",
            "SIGTTOU",
            "SIGURG",
            "SIGXCPU",
            "SIGXFSZ",
            "SIGVTALRM",
            "SIGPROF",
            "SIGWINCH",
            "SIGIO",
            "SIGPWR",
            "SIGSYS");

    private static final int FIRST_REAL_TIME = 32;
    private static final int LAST = 64;

    private Signals() {}

    /** Null for a name that is not one; {@code SIGRT_3} and {@code SIGRTMIN+3} count from the kernel's first real-time signal, as strace does. */
    static @Nullable Integer number(String name) {
        int known = NAMES.indexOf(name);
        if (known >= 0) {
            return known + 1;
        }
        String digits = name.replaceFirst("^SIG(RT_|RTMIN\\+?)", "");
        int number = digits.matches("\\d{1,2}") ? FIRST_REAL_TIME + Integer.parseInt(digits) : 0;
        return !digits.equals(name) && number >= FIRST_REAL_TIME && number <= LAST ? Integer.valueOf(number) : null;
    }
}
