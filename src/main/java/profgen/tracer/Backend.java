package profgen.tracer;

import java.util.List;
import java.util.Locale;

/** What sees the calls of a workload. A recording has the name of the one that did. */
public enum Backend {
    /** The best one that works here. */
    AUTO,
    /**
     * Programs in the kernel mark what is called; the workload is nobody's tracee. Exact, at less than a fifth of a microsecond a call;
     * for root, or with CAP_BPF and CAP_PERFMON, outside of containers.
     */
    EBPF,
    /** Calls are let through once they have been seen, by a filter. Each is recorded; how often it is made is known at least. */
    LATE,
    /** The kernel asks about each call. Its result is not seen, nor is a call that a filter of the workload denies. */
    NOTIFY,
    /** Every call is stopped at twice. It sees calls that a filter denies, and all results. */
    PTRACE,
    /** The system's own strace, whose log is read afterwards: it names executables as they were asked for, and knows no phases. */
    STRACE;

    /** As the option and the recording have it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it can follow what it has not started. */
    public boolean attaches() {
        return this == AUTO || this == EBPF || this == PTRACE;
    }

    /** For profgen-tracer. */
    List<String> options() {
        return List.of("--tracer", label());
    }
}
