package profgen.filter;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import profgen.HostException;
import profgen.syscall.Arch;

/**
 * The installed libseccomp, which makes the programs that runtimes load. It runs in a process of its own, with a time and memory
 * limit; one process serves until it fails on a filter, and ends with this one at the latest.
 */
public final class Libseccomp implements AutoCloseable {
    /** Of the library's path, for one that is not where the loader finds it; also as the environment variable {@link #VARIABLE}. */
    public static final String PROPERTY = "profgen.libseccomp";

    public static final String VARIABLE = "PROFGEN_LIBSECCOMP";

    private static final int LIMIT_SECONDS = 20;
    private static final String NAME = "libseccomp.so.2";

    private final String path;
    private final EngineVersion version;
    private final int limitSeconds;
    /** The process, while it has nothing to do. */
    private final AtomicReference<@Nullable LibseccompProcess> idle;

    private Libseccomp(String path, EngineVersion version, int limitSeconds, @Nullable LibseccompProcess idle) {
        this.path = path;
        this.version = version;
        this.limitSeconds = limitSeconds;
        this.idle = new AtomicReference<>(idle);
    }

    /** @throws HostException when there is none, with the name of the package */
    public static Libseccomp installed() {
        String variable = System.getenv(VARIABLE);
        return at(System.getProperty(PROPERTY, variable == null || variable.isEmpty() ? NAME : variable));
    }

    /** @param path of the library, or a name that the loader finds */
    public static Libseccomp at(String path) {
        LibseccompProcess process = start(path, LIMIT_SECONDS);
        return new Libseccomp(path, process.version(), LIMIT_SECONDS, process);
    }

    private static LibseccompProcess start(String path, int limitSeconds) {
        try {
            return LibseccompProcess.start(path, limitSeconds);
        } catch (IOException e) {
            throw new HostException(path + ": cannot be asked: " + e.getMessage());
        }
    }

    public EngineVersion version() {
        return version;
    }

    /** With another time for one filter than 20 seconds. */
    Libseccomp withLimit(int seconds) {
        return new Libseccomp(path, version, seconds, null);
    }

    /** LoongArch came with 2.6.0. */
    public boolean knows(Arch arch) {
        return arch != Arch.LOONGARCH64 || !version.isBefore(2, 6, 0);
    }

    public Compiled compile(Filter filter) {
        return compile(List.of(filter)).get(0);
    }

    /** Faster than one at a time for the library's start only; a new process where one fails on a filter. */
    public List<Compiled> compile(List<Filter> filters) {
        List<Compiled> done = new ArrayList<>();
        while (done.size() < filters.size()) {
            LibseccompProcess waiting = idle.getAndSet(null);
            LibseccompProcess process = waiting == null ? start(path, limitSeconds) : waiting;
            try {
                compile(process, filters, done);
            } finally {
                keep(process);
            }
        }
        return done;
    }

    private void keep(LibseccompProcess process) {
        LibseccompProcess other = process.isUsable() ? idle.getAndSet(process) : process;
        if (other != null) {
            other.close();
        }
    }

    @Override
    public void close() {
        LibseccompProcess process = idle.getAndSet(null);
        if (process != null) {
            process.close();
        }
    }

    private void compile(LibseccompProcess process, List<Filter> filters, List<Compiled> done) {
        while (done.size() < filters.size()) {
            Filter filter = filters.get(done.size());
            if (!knows(filter.host().arch())) {
                throw new HostException(
                        "libseccomp " + version + ": it does not know "
                                + filter.host().arch().scmpName(),
                        "libseccomp 2.6.0 or newer does; name it with " + VARIABLE + "=/path/to/libseccomp.so.2");
            }
            if (filter.isUnconfined()) {
                throw new IllegalArgumentException("an unconfined profile has no program");
            }
            Compiled compiled = process.compile(CompileRequest.of(filter));
            done.add(whole(filter, compiled));
            if (compiled instanceof Compiled.GaveUp) {
                return;
            }
        }
    }

    private static Compiled whole(Filter filter, Compiled compiled) {
        return compiled instanceof Compiled.Program made
                ? EnosysStub.prepend(filter, made.program(), unknownNames(filter, made))
                : compiled;
    }

    private static List<String> unknownNames(Filter filter, Compiled.Program made) {
        return Stream.concat(
                        made.unknownNames().stream(),
                        filter.unknownNames().stream().filter(CompileRequest::isHopeless))
                .toList();
    }
}
