package profgen.filter;

import profgen.capability.CapabilitySet;
import profgen.syscall.Arch;
import profgen.syscall.KernelVersion;

/**
 * What decides, beside the profile, which filter a container gets.
 *
 * @param bounding the container's bounding set: what an engine compares with a rule's capabilities, also for a user who is not root
 */
public record Host(Arch arch, KernelVersion kernel, Engine engine, CapabilitySet bounding) {
    /** The newest Docker on a kernel that all of its rules accept, with Docker's own capabilities. */
    public static Host docker(Arch arch) {
        return new Host(arch, new KernelVersion(6, 12), Engine.DOCKER, CapabilitySet.DOCKER_DEFAULT);
    }

    public Host withBounding(CapabilitySet capabilities) {
        return new Host(arch, kernel, engine, capabilities);
    }

    public Host withEngine(Engine other) {
        return new Host(arch, kernel, other, bounding);
    }

    public Host withKernel(KernelVersion other) {
        return new Host(arch, other, engine, bounding);
    }

    @Override
    public String toString() {
        return arch.unameMachine() + ", kernel " + kernel + ", " + engine;
    }
}
