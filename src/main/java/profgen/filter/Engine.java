package profgen.filter;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import profgen.syscall.Arch;

/**
 * An engine and, where it matters, its version.
 *
 * @param version null: the newest
 */
public record Engine(EngineKind kind, @Nullable EngineVersion version) {
    public static final Engine DOCKER = new Engine(EngineKind.DOCKER, null);

    /** {@code docker}, {@code docker@20.10}, {@code runc@1.1.5}; empty if it is not one of them. */
    public static Optional<Engine> parse(String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            return EngineKind.byLabel(text).map(kind -> new Engine(kind, null));
        }
        return EngineKind.byLabel(text.substring(0, at))
                .flatMap(kind -> EngineVersion.parse(text.substring(at + 1)).map(version -> new Engine(kind, version)));
    }

    /** Docker up to 20.10 drops {@code defaultErrnoRet}: the default is EPERM. */
    public boolean readsDefaultErrno() {
        return kind != EngineKind.DOCKER || !isBefore(23, 0, 0);
    }

    /**
     * The text that the engine compares with {@code includes.arches} and {@code excludes.arches}.
     * Docker says loongarch64, and up to 28.5 nothing at all, so that no such rule is kept; Podman and CRI-O say loong64.
     */
    public Optional<String> conditionArch(Arch arch) {
        if (arch == Arch.X86_64) {
            return Optional.of("amd64");
        }
        if (kind != EngineKind.DOCKER) {
            return Optional.of("loong64");
        }
        return isBefore(28, 6, 0) ? Optional.empty() : Optional.of("loongarch64");
    }

    /** On LoongArch no engine finds its entry of {@code archMap}: {@code architectures} stays empty, which means native. */
    boolean findsArchMap(Arch arch) {
        return kind.readsConditions() && arch == Arch.X86_64;
    }

    /** runc before 1.1.15 made its ENOSYS answer only for the architectures that the profile lists. */
    boolean answersEnosysAboveHighest(boolean listed) {
        return kind.usesRunc() && (listed || kind != EngineKind.RUNC || !isBefore(1, 1, 15));
    }

    private boolean isBefore(int major, int minor, int patch) {
        return version != null && version.isBefore(major, minor, patch);
    }

    @Override
    public String toString() {
        return version == null ? kind.label() : kind.label() + "@" + version;
    }
}
