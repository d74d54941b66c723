package profgen.diff;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import profgen.capability.Capability;
import profgen.capability.CapabilitySet;
import profgen.filter.Host;
import profgen.syscall.Arch;
import profgen.syscall.KernelVersion;

/** The hosts on which two sides can differ. */
public final class HostChoice {
    /** LoongArch runs from this kernel on. */
    private static final KernelVersion LOONGARCH = new KernelVersion(5, 19);

    /** No more can be compared; the comparer says so. */
    static final int MOST_HOSTS = 100_000;

    private HostChoice() {}

    /** Exactly these, as given. */
    public static List<Asked> only(List<Host> hosts) {
        return hosts.stream().map(host -> new Asked(host, "")).toList();
    }

    /** What of the given hosts is varied. */
    public enum Varied {
        CAPABILITIES,
        KERNELS
    }

    /**
     * Every host as given; with each capability that a side asks for alone added, or taken away where the host has it; and with the
     * kernel just before each that a side asks for, or with that kernel where the host's is older. For each call, all combinations of
     * what its own rules ask for; and for calls that no rule names, those that move the number above which they are answered ENOSYS.
     */
    public static List<Asked> withConditions(List<Host> hosts, Side a, Side b, Set<Varied> varied) {
        Conditions conditions = new Conditions(a, b);
        List<Asked> all = new ArrayList<>();
        for (Host host : hosts) {
            Map<Host, Asked> asked = new LinkedHashMap<>();
            add(asked, host, host, Set.of());
            if (varied.contains(Varied.CAPABILITIES)) {
                Set<Capability> capabilities = new TreeSet<>(a.capabilities().asSet());
                capabilities.addAll(b.capabilities().asSet());
                capabilities.forEach(capability -> add(asked, host, toggled(host, capability), Set.of()));
            }
            if (varied.contains(Varied.KERNELS)) {
                SortedSet<KernelVersion> kernels = new TreeSet<>(a.kernels());
                kernels.addAll(b.kernels());
                kernels(host, kernels).forEach(kernel -> add(asked, host, host.withKernel(kernel), Set.of()));
            }
            if (!conditions.border().isEmpty()) {
                Set<Object> borders = new HashSet<>();
                asked.keySet().forEach(one -> borders.add(borders(one, a, b)));
                combined(host, conditions.border(), varied)
                        .filter(one -> borders.add(borders(one, a, b)))
                        .forEach(one -> add(asked, host, one, Set.of()));
            }
            conditions
                    .gates()
                    .forEach((call, gate) -> combined(host, gate, varied)
                            .filter(one -> asked.size() < MOST_HOSTS || asked.containsKey(one))
                            .forEach(one -> add(asked, host, one, Set.of(call))));
            all.addAll(asked.values());
        }
        return all;
    }

    private static Object borders(Host host, Side a, Side b) {
        return List.of(a.border(host), b.border(host));
    }

    private static void add(Map<Host, Asked> asked, Host plain, Host host, Set<String> calls) {
        asked.merge(host, new Asked(host, label(plain, host), calls), Asked::with);
    }

    private static Stream<Host> combined(Host host, Gate gate, Set<Varied> varied) {
        Set<CapabilitySet> boundings =
                varied.contains(Varied.CAPABILITIES) ? gate.boundings(host.bounding()) : Set.of(host.bounding());
        List<KernelVersion> kernels = new ArrayList<>(List.of(host.kernel()));
        if (varied.contains(Varied.KERNELS)) {
            kernels.addAll(kernels(host, gate.kernels()));
        }
        return boundings.stream()
                .flatMap(bounding -> kernels.stream()
                        .map(kernel -> host.withBounding(bounding).withKernel(kernel)));
    }

    /** One of each stretch between them that is not the host's own. */
    private static List<KernelVersion> kernels(Host host, SortedSet<KernelVersion> asked) {
        return asked.stream()
                .map(kernel -> host.kernel().isAtLeast(kernel) ? before(kernel) : kernel)
                .distinct()
                .filter(kernel -> host.arch() != Arch.LOONGARCH64 || kernel.isAtLeast(LOONGARCH))
                .toList();
    }

    private static Host toggled(Host host, Capability capability) {
        CapabilitySet bounding = host.bounding();
        return host.withBounding(
                bounding.contains(capability) ? bounding.without(capability) : bounding.with(capability));
    }

    /** {@code kernel 4.7+SYS_ADMIN-CHOWN}: without a space where a list of labels has one. */
    private static String label(Host plain, Host host) {
        StringBuilder label = new StringBuilder();
        if (!host.kernel().equals(plain.kernel())) {
            label.append("kernel ").append(host.kernel());
        }
        for (Capability capability : Capability.values()) {
            boolean has = host.bounding().contains(capability);
            if (has != plain.bounding().contains(capability)) {
                label.append(has ? '+' : '-').append(capability.shortName());
            }
        }
        return label.toString();
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
