package profgen.profile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A seccomp profile in moby's structure.
 *
 * @param defaultAction null when the file has none (with no syscalls either: seccomp is off)
 * @param defaultErrno the name of an error, which {@link ErrnoNames} says who reads; empty if there is none
 * @param architectures SCMP_ARCH_* as written; engines refuse them together with archMap
 * @param flags null when absent, which engines answer with SECCOMP_FILTER_FLAG_SPEC_ALLOW; an empty list removes that
 */
public record Profile(
        @Nullable Action defaultAction,
        @Nullable Integer defaultErrnoRet,
        String defaultErrno,
        List<ArchMapEntry> archMap,
        List<String> architectures,
        @Nullable List<String> flags,
        @Nullable String listenerPath,
        @Nullable String listenerMetadata,
        List<Rule> syscalls) {
    public Profile {
        archMap = List.copyOf(archMap);
        architectures = List.copyOf(architectures);
        flags = flags == null ? null : List.copyOf(flags);
        syscalls = List.copyOf(syscalls);
    }

    /** Without the name of an error. */
    public Profile(
            @Nullable Action defaultAction,
            @Nullable Integer defaultErrnoRet,
            List<ArchMapEntry> archMap,
            List<String> architectures,
            @Nullable List<String> flags,
            @Nullable String listenerPath,
            @Nullable String listenerMetadata,
            List<Rule> syscalls) {
        this(
                defaultAction,
                defaultErrnoRet,
                "",
                archMap,
                architectures,
                flags,
                listenerPath,
                listenerMetadata,
                syscalls);
    }

    public Profile withSyscalls(List<Rule> rules) {
        return new Profile(
                defaultAction,
                defaultErrnoRet,
                defaultErrno,
                archMap,
                architectures,
                flags,
                listenerPath,
                listenerMetadata,
                rules);
    }

    public Profile withDefaultErrnoRet(@Nullable Integer number) {
        return new Profile(
                defaultAction,
                number,
                defaultErrno,
                archMap,
                architectures,
                flags,
                listenerPath,
                listenerMetadata,
                syscalls);
    }

    /** An engine starts the container without any filter. */
    public boolean isUnconfined() {
        return defaultAction == null && syscalls.isEmpty();
    }

    /** Used only on a host whose native architecture it names. */
    public record ArchMapEntry(String architecture, List<String> subArchitectures) {
        public ArchMapEntry {
            subArchitectures = List.copyOf(subArchitectures);
        }
    }
}
