package profgen.filter;

import org.jspecify.annotations.Nullable;
import profgen.profile.Action;
import profgen.syscall.Errno;

/**
 * What the kernel does with a call: an action, and for ERRNO and TRACE its 16 bits of data.
 *
 * @param data 0 for every other action; an errno of 0 makes the call answer success without being made
 */
public record Outcome(Action action, int data) implements Comparable<Outcome> {
    public static final Outcome ALLOW = new Outcome(Action.ALLOW, 0);
    public static final Outcome KILL_THREAD = new Outcome(Action.KILL_THREAD, 0);
    public static final Outcome KILL_PROCESS = new Outcome(Action.KILL_PROCESS, 0);
    public static final int EPERM = 1;
    public static final int ENOSYS = 38;
    /** The kernel's MAX_ERRNO; libseccomp refuses more. */
    public static final int MAX_ERRNO = 4095;

    public Outcome {
        if (data < 0 || data > 0xFFFF) {
            throw new IllegalArgumentException("data of an action " + data + ": expected 0 to 65535");
        }
        if (action != Action.ERRNO && action != Action.TRACE) {
            data = 0;
        }
    }

    /** As a runtime takes it from a profile: without an errno EPERM, and data beyond what the kernel takes cut. */
    public static Outcome of(Action action, @Nullable Integer errno) {
        return new Outcome(action, Math.max(0, Math.min(errnoOf(errno), MAX_ERRNO)));
    }

    /** What a profile that says none means. */
    public static int errnoOf(@Nullable Integer errno) {
        return errno == null ? EPERM : errno;
    }

    public static Outcome errno(int number) {
        return new Outcome(Action.ERRNO, number);
    }

    /** The call is made; LOG makes it too and leaves a record. */
    public boolean allows() {
        return action == Action.ALLOW || action == Action.LOG;
    }

    /** SECCOMP_RET_* with its data, as a filter program answers it. */
    public int returnValue() {
        return code(action) | data;
    }

    /** An action that the kernel does not know kills the process. TRAP's data is dropped: the kernel passes it on, no profile sets it. */
    public static Outcome ofReturnValue(int value) {
        int code = value & 0xFFFF0000;
        for (Action action : Action.values()) {
            if (code(action) == code) {
                int data = value & 0xFFFF;
                return new Outcome(action, action == Action.ERRNO ? Math.min(data, MAX_ERRNO) : data);
            }
        }
        return KILL_PROCESS;
    }

    private static int code(Action action) {
        return switch (action) {
            case KILL_PROCESS -> 0x80000000;
            case KILL_THREAD -> 0;
            case TRAP -> 0x00030000;
            case ERRNO -> 0x00050000;
            case NOTIFY -> 0x7FC00000;
            case TRACE -> 0x7FF00000;
            case LOG -> 0x7FFC0000;
            case ALLOW -> 0x7FFF0000;
        };
    }

    /** Written out, as {@link #hashCode}: these two are asked so often that what a record gets made for it shows at every start. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Outcome outcome && outcome.action == action && outcome.data == data;
    }

    @Override
    public int hashCode() {
        return returnValue();
    }

    /** Strictest first, as the kernel chooses among the filters of a stack. */
    @Override
    public int compareTo(Outcome other) {
        return Integer.compare(returnValue(), other.returnValue());
    }

    /** {@code allow}, {@code errno 38 (ENOSYS)}, {@code kill the thread (SIGSYS)}, ... */
    public String inWords() {
        return switch (action) {
            case ALLOW -> "allow";
            case LOG -> "allow and log";
            case NOTIFY -> "ask the supervisor";
            case TRACE -> "ask the tracer" + (data == 0 ? "" : " (" + data + ")");
            case ERRNO -> "errno " + data + (data == 0 ? " (success without the call)" : " (" + Errno.name(data) + ")");
            case TRAP -> "trap (SIGSYS)";
            case KILL_THREAD -> "kill the thread (SIGSYS)";
            case KILL_PROCESS -> "kill the process (SIGSYS)";
        };
    }

    @Override
    public String toString() {
        return inWords();
    }
}
