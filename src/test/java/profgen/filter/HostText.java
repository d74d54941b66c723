package profgen.filter;

import java.util.Arrays;
import java.util.Iterator;
import profgen.capability.Capability;
import profgen.capability.CapabilitySet;
import profgen.syscall.Arch;
import profgen.syscall.KernelVersion;

/** A host in a test's table: {@code x86_64 6.12 docker@20.10 +SYS_NICE -CHOWN}, {@code none} for no capability. */
final class HostText {
    private HostText() {}

    static Host parse(String text) {
        Iterator<String> words = Arrays.asList(text.split(" ", -1)).iterator();
        Arch arch = Arch.byName(words.next()).orElseThrow();
        KernelVersion kernel = KernelVersion.parseStrict(words.next()).orElseThrow();
        Host host = new Host(arch, kernel, Engine.parse(words.next()).orElseThrow(), CapabilitySet.DOCKER_DEFAULT);
        while (words.hasNext()) {
            host = host.withBounding(changed(host.bounding(), words.next()));
        }
        return host;
    }

    private static CapabilitySet changed(CapabilitySet set, String word) {
        if (word.equals("none")) {
            return CapabilitySet.NONE;
        }
        Capability capability = Capability.byName(word.substring(1)).orElseThrow();
        return word.startsWith("+") ? set.with(capability) : set.without(capability);
    }
}
