package profgen.diff;

import java.util.Optional;
import profgen.capability.CapabilitySet;
import profgen.filter.Engine;
import profgen.filter.Host;
import profgen.recording.Run;
import profgen.recording.Run.Provenance;
import profgen.syscall.KernelVersion;

/** The host that a run's recording stands for. */
public final class RunHost {
    /** The run did not have a container's capabilities. */
    private static final String ON_THE_HOST = "host";

    private RunHost() {}

    /**
     * The newest Docker on the architecture and the kernel of the run, with the bounding set that the run's container had, which is
     * Docker's 14 and what was added to them; with Docker's 14 if the run had no container or does not tell.
     */
    public static Host of(Run run) {
        Provenance provenance = run.provenance();
        Host docker = Host.docker(provenance.arch());
        KernelVersion kernel = KernelVersion.parseRelease(provenance.kernel()).orElse(docker.kernel());
        CapabilitySet bounding = Optional.ofNullable(run.start())
                .filter(start -> !provenance.engine().equals(ON_THE_HOST))
                .map(Run.StartState::bounding)
                .orElse(CapabilitySet.DOCKER_DEFAULT);
        return new Host(provenance.arch(), kernel, Engine.DOCKER, bounding);
    }

    /** {@code x86_64, kernel 6.12, docker, Docker's capabilities + CAP_SYS_NICE}. */
    public static String inWords(Host host) {
        StringBuilder words = new StringBuilder(host.toString());
        CapabilitySet docker = CapabilitySet.DOCKER_DEFAULT;
        words.append(", Docker's capabilities");
        host.bounding().asSet().stream()
                .filter(capability -> !docker.contains(capability))
                .forEach(capability -> words.append(" +").append(capability.shortName()));
        docker.asSet().stream()
                .filter(capability -> !host.bounding().contains(capability))
                .forEach(capability -> words.append(" -").append(capability.shortName()));
        return words.toString();
    }
}
