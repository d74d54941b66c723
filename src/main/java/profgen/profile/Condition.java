package profgen.profile;

import java.util.List;
import org.jspecify.annotations.Nullable;
import profgen.syscall.KernelVersion;

/**
 * {@code includes} or {@code excludes} of a rule. Capabilities and architectures are kept as written: an engine compares text.
 *
 * @param caps full names
 * @param arches the engine's own spelling (amd64, loong64, loongarch64, s390x, ...)
 */
public record Condition(
        List<String> caps, List<String> arches, @Nullable KernelVersion minKernel) {
    public static final Condition NONE = new Condition(List.of(), List.of(), null);

    public Condition {
        caps = List.copyOf(caps);
        arches = List.copyOf(arches);
    }

    public boolean isEmpty() {
        return caps.isEmpty() && arches.isEmpty() && minKernel == null;
    }
}
