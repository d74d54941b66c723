package profgen.cli;

import java.nio.file.Path;
import profgen.capability.CapabilitySet;
import profgen.container.ContainerOptions;
import profgen.container.EngineKind;
import profgen.filter.Host;
import profgen.tracer.TracerBinary;
import profgen.verify.EnginePlace;
import profgen.verify.Hosts;
import profgen.verify.Place;
import profgen.verify.SandboxPlace;
import profgen.verify.Scratch;

/** Where what was or is to be recorded is verified. */
final class Places {
    private Places() {}

    /** As it is to be run: with the capabilities that the gates of its profile ask for. */
    static Subject adding(Subject subject, CapabilitySet needed) {
        if (subject instanceof ArchiveSubject archive) {
            return adding(archive.unpacked(), needed);
        }
        if (subject instanceof Subject.InContainer in) {
            ContainerOptions options = in.spec().options().adding(needed);
            return new Subject.InContainer(in.engine(), in.spec().with(options), in.pid1());
        }
        Subject.Here here = here(subject);
        return new Subject.Here(here.workload().adding(needed), here.engine());
    }

    private static Subject.Here here(Subject subject) {
        if (subject instanceof Subject.Here here) {
            return here;
        }
        if (subject instanceof BasedSubject based) {
            return based.here();
        }
        throw new IllegalArgumentException("what runs already cannot be started");
    }

    static Place of(Subject subject, Scratch scratch) {
        if (subject instanceof ArchiveSubject archive) {
            return of(archive.unpacked(), scratch);
        }
        Path tracer = TracerBinary.locate();
        if (subject instanceof Subject.InContainer in) {
            Host host = Hosts.of(
                    in.engine().kind(), in.spec().options().capabilities().bounding());
            return new EnginePlace(in.engine(), in.spec(), in.pid1(), host, tracer, Version.current(), scratch);
        }
        Subject.Here here = here(subject);
        EngineKind engine = here.engine() == EngineKind.HOST ? EngineKind.HOST : EngineKind.SANDBOX;
        Host host = Hosts.here(here.workload().capabilities().bounding());
        return new SandboxPlace(here.workload(), engine, host, tracer, Version.current(), scratch);
    }
}
