package profgen.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import profgen.BadInputException;
import profgen.capability.Capability;
import profgen.capability.CapabilitySet;
import profgen.container.CapabilityOptions;
import profgen.filter.Engine;
import profgen.filter.Host;
import profgen.syscall.Arch;
import profgen.syscall.KernelVersion;

/** The options that say for which host a profile is read. */
final class HostOptions {
    @Option(
            names = "--arch",
            paramLabel = "ARCH",
            split = ",",
            description = "x86_64 or loongarch64, or both, separated by a comma.")
    private List<String> arches = new ArrayList<>();

    @Option(names = "--kernel", paramLabel = "VERSION", description = "The kernel, as uname -r prints it.")
    private @Nullable String kernel;

    @Option(
            names = "--engine",
            paramLabel = "NAME[@VERSION]",
            description = "docker, podman, crio, containerd, runc or crun. Default: docker, the newest.")
    private @Nullable String engine;

    @Option(
            names = "--caps",
            paramLabel = "CAP",
            split = ",",
            description = "Exactly these capabilities are in the container's bounding set (none: none).")
    private List<String> caps = new ArrayList<>();

    @Option(
            names = "--cap-add",
            paramLabel = "CAP",
            split = ",",
            description = "Docker's 14 capabilities and this one.")
    private List<String> capAdd = new ArrayList<>();

    @Option(names = "--cap-drop", paramLabel = "CAP", split = ",", description = "Docker's 14 without this one.")
    private List<String> capDrop = new ArrayList<>();

    /** Empty if none was asked for. */
    List<Arch> arches() {
        return arches.stream()
                .map(name -> Arch.byName(name)
                        .orElseThrow(
                                () -> new BadInputException("--arch " + name + ": expected x86_64 or loongarch64")))
                .distinct()
                .toList();
    }

    /** The one host that was asked for; its architecture is this machine's if no option says another. */
    Host one() {
        List<Arch> asked = arches();
        if (asked.size() > 1) {
            throw new BadInputException("--arch: expected one architecture");
        }
        return apply(Host.docker(asked.isEmpty() ? own() : asked.get(0)));
    }

    /** This machine's. */
    static Arch own() {
        return Arch.byName(System.getProperty("os.arch", "")).orElse(Arch.X86_64);
    }

    /** What was asked for instead of what this machine and a live process are; the architecture can be no other. */
    Host applyHere(Host host) {
        if (arches().stream().anyMatch(arch -> arch != host.arch())) {
            throw new BadInputException("--arch: a live process is one of this machine, "
                    + host.arch().unameMachine());
        }
        return apply(host);
    }

    boolean saysKernel() {
        return kernel != null;
    }

    boolean saysCapabilities() {
        return !caps.isEmpty() || !capAdd.isEmpty() || !capDrop.isEmpty();
    }

    /** The host with all that was asked for, but for the architecture. */
    Host apply(Host host) {
        Host changed = host;
        if (kernel != null) {
            changed = changed.withKernel(kernel(kernel));
        }
        if (engine != null) {
            changed = changed.withEngine(
                    Engine.parse(engine)
                            .orElseThrow(
                                    () -> new BadInputException(
                                            "--engine " + engine
                                                    + ": expected docker, podman, crio, containerd, runc or crun, and @VERSION if it matters")));
        }
        return saysCapabilities() ? changed.withBounding(capabilities()) : changed;
    }

    private static KernelVersion kernel(String text) {
        return KernelVersion.parseRelease(text)
                .orElseThrow(() -> new BadInputException("--kernel " + text + ": expected a release, e.g. 6.12"));
    }

    private CapabilitySet capabilities() {
        CapabilityOptions changes = new CapabilityOptions(capAdd, capDrop);
        if (caps.isEmpty()) {
            return changes.bounding();
        }
        if (!changes.isDefault()) {
            throw new BadInputException("--caps: means nothing together with --cap-add or --cap-drop");
        }
        if (caps.equals(List.of("none"))) {
            return CapabilitySet.NONE;
        }
        List<Capability> exact = new ArrayList<>();
        for (String name : caps) {
            Optional<Capability> capability = Capability.byName(name);
            exact.add(capability.orElseThrow(() -> new BadInputException("--caps " + name + ": unknown capability")));
        }
        return CapabilitySet.of(exact);
    }
}
