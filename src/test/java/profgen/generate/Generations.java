package profgen.generate;

import static profgen.syscall.Arch.X86_64;

import java.util.List;
import profgen.capability.Capability;
import profgen.capability.CapabilitySet;
import profgen.profile.Rule;
import profgen.syscall.KernelVersion;

/** What tests of the generator ask: a profile of a recording, and what it answers on x86_64. */
final class Generations {
    static final KernelVersion KERNEL = new KernelVersion(6, 12);
    static final Policy BARE = Policies.bare().policy();

    static Generated generate(Runs runs, Policy policy) {
        return Generator.generate(runs.recording(), policy);
    }

    static Verdict verdict(Generated generated) {
        return Verdict.of(generated.profile(), X86_64, CapabilitySet.DOCKER_DEFAULT, KERNEL);
    }

    static Verdict withCapability(Generated generated, Capability capability) {
        return Verdict.of(generated.profile(), X86_64, CapabilitySet.DOCKER_DEFAULT.with(capability), KERNEL);
    }

    static List<Rule> rulesFor(Generated generated, String name) {
        return generated.profile().syscalls().stream()
                .filter(rule -> rule.names().contains(name))
                .toList();
    }

    private Generations() {}
}
