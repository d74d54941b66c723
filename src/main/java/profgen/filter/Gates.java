package profgen.filter;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import profgen.filter.DroppedRule.Cause;
import profgen.profile.Condition;
import profgen.profile.Rule;
import profgen.syscall.KernelVersion;

/** Whether a rule's {@code includes} and {@code excludes} let it through on a host. Excludes are asked first, and any of them drops the rule. */
final class Gates {
    private final Host host;
    private final Optional<String> arch;
    private final List<String> bounding;

    Gates(Host host) {
        this.host = host;
        this.arch = host.engine().conditionArch(host.arch());
        this.bounding = host.bounding().names();
    }

    Optional<DroppedRule> drops(int index, Rule rule) {
        if (!host.engine().kind().readsConditions()) {
            return Optional.empty();
        }
        return excluded(index, rule).or(() -> notIncluded(index, rule));
    }

    private Optional<DroppedRule> excluded(int index, Rule rule) {
        Condition excludes = rule.excludes();
        if (arch.isPresent() && excludes.arches().contains(arch.get())) {
            return drop(index, rule, Cause.EXCLUDED_ARCH, arch.get());
        }
        for (String capability : excludes.caps()) {
            if (bounding.contains(capability)) {
                return drop(index, rule, Cause.EXCLUDED_CAPABILITY, capability);
            }
        }
        KernelVersion kernel = minKernel(excludes);
        return kernel != null && host.kernel().isAtLeast(kernel)
                ? drop(index, rule, Cause.EXCLUDED_KERNEL, kernel.toString())
                : Optional.empty();
    }

    private Optional<DroppedRule> notIncluded(int index, Rule rule) {
        Condition includes = rule.includes();
        List<String> arches = includes.arches();
        if (!arches.isEmpty() && (arch.isEmpty() || !arches.contains(arch.get()))) {
            return drop(index, rule, Cause.OTHER_ARCH, String.join(", ", arches));
        }
        for (String capability : includes.caps()) {
            if (!bounding.contains(capability)) {
                return drop(index, rule, Cause.MISSING_CAPABILITY, capability);
            }
        }
        KernelVersion kernel = minKernel(includes);
        return kernel != null && !host.kernel().isAtLeast(kernel)
                ? drop(index, rule, Cause.OLDER_KERNEL, kernel.toString())
                : Optional.empty();
    }

    private @Nullable KernelVersion minKernel(Condition condition) {
        return host.engine().kind().readsMinKernel() ? condition.minKernel() : null;
    }

    private static Optional<DroppedRule> drop(int index, Rule rule, Cause cause, String detail) {
        return Optional.of(DroppedRule.of(index, rule, cause, detail));
    }
}
