package profgen.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import profgen.capability.CapabilitySet;
import profgen.diff.Comparer;
import profgen.diff.Comparison;
import profgen.diff.HostChoice;
import profgen.diff.Side;
import profgen.filter.Engine;
import profgen.filter.EngineKind;
import profgen.filter.Host;
import profgen.host.ContainerProcess;
import profgen.host.Inspection;
import profgen.host.LiveProcess;
import profgen.syscall.Abi;
import profgen.syscall.KernelVersion;

/** A live process that a command was asked about, found and looked at. */
record Live(Inspection inspection, Optional<ContainerProcess> container) {
    /** {@code process 4711 (nginx)}, {@code container web (process 4711)}. */
    String name() {
        LiveProcess process = inspection.process();
        return container
                .map(one -> "container " + one.name() + " (process " + process.id() + ")")
                .orElse("process " + process.id() + " (" + process.name() + ")");
    }

    /** The ABI of its executable; the machine's own if it has none that is known. */
    Abi abi() {
        return inspection.process().abi().orElse(HostOptions.own().nativeAbi());
    }

    /**
     * This machine, the process's bounding set, and the engine of its container, else Docker. No engine has put a process into strict mode:
     * crun stands for one that adds nothing to what is written.
     */
    Host host() {
        Host docker = Host.docker(HostOptions.own());
        Engine engine = inspection.process().mode() == 1
                ? new Engine(EngineKind.CRUN, null)
                : container.flatMap(one -> Engine.parse(one.engine())).orElse(Engine.DOCKER);
        KernelVersion kernel =
                KernelVersion.parseRelease(System.getProperty("os.version", "")).orElse(docker.kernel());
        long bounding = inspection.process().capabilities().bounding();
        return new Host(docker.arch(), kernel, engine, CapabilitySet.fromMask(bounding));
    }

    /** From what is written to what is enforced. */
    Comparison comparedWith(String profile, HostOptions options) {
        Side written = new Side.OfProfile(profile, ProfileFiles.read(profile));
        Side enforced = new Side.Fixed(name(), inspection.verdicts());
        Comparison comparison =
                Comparer.compare(written, enforced, HostChoice.only(List.of(options.applyHere(host()))));
        List<String> notes = new ArrayList<>(comparison.notes());
        inspection.remarks().forEach(remark -> notes.add(name() + ": " + remark));
        return new Comparison(
                comparison.a(),
                comparison.b(),
                comparison.places(),
                comparison.changes(),
                comparison.undecided(),
                notes);
    }
}
