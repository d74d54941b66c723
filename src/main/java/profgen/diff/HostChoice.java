package profgen.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import profgen.capability.Capability;
import profgen.capability.CapabilitySet;
import profgen.filter.Host;
import profgen.syscall.Arch;
import profgen.syscall.KernelVersion;

/** The hosts on which two sides can differ. */
public final class HostChoice {
    /** LoongArch runs from this kernel on. */
    private static final KernelVersion LOONGARCH = new KernelVersion(5, 19);

    private HostChoice() {}

    /** Exactly these, as given. */
    public static List<Asked> only(List<Host> hosts) {
        return hosts.stream().map(host -> new Asked(host, "")).toList();
    }

    /**
     * Every host as given; with each capability that a side asks for alone added, or taken away where the host has it; and with the
     * kernel just before each that a side asks for, or with that kernel where the host's is older.
     */
    public static List<Asked> withConditions(List<Host> hosts, Side a, Side b) {
        Set<Capability> capabilities = new TreeSet<>(a.capabilities().asSet());
        capabilities.addAll(b.capabilities().asSet());
        SortedSet<KernelVersion> kernels = new TreeSet<>(a.kernels());
        kernels.addAll(b.kernels());
        List<Asked> all = new ArrayList<>();
        for (Host host : hosts) {
            all.add(new Asked(host, ""));
            capabilities.forEach(capability -> all.add(with(host, capability)));
            kernels.stream()
                    .map(kernel -> host.kernel().isAtLeast(kernel) ? before(kernel) : kernel)
                    .distinct()
                    .filter(kernel -> host.arch() != Arch.LOONGARCH64 || kernel.isAtLeast(LOONGARCH))
                    .forEach(kernel -> all.add(new Asked(host.withKernel(kernel), "kernel " + kernel)));
        }
        return all;
    }

    private static Asked with(Host host, Capability capability) {
        CapabilitySet bounding = host.bounding();
        return bounding.contains(capability)
                ? new Asked(host.withBounding(bounding.without(capability)), "-" + capability.shortName())
                : new Asked(host.withBounding(bounding.with(capability)), "+" + capability.shortName());
    }

    /** 4.7 before 4.8, 4.20 before 5.0. */
    private static KernelVersion before(KernelVersion kernel) {
        if (kernel.major() > 0) {
            return new KernelVersion(kernel.kernel(), kernel.major() - 1);
        }
        int last = switch (kernel.kernel()) {
            case 3 -> 6;
            case 5 -> 20;
            default -> 19;
        };
        return kernel.kernel() == 0 ? kernel : new KernelVersion(kernel.kernel() - 1, last);
    }
}
