package profgen.tracer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a JVM changes in its own process and so in its children, as it was before: the workload starts with it.
 *
 * @param blockedSignals hexadecimal mask as SigBlk of /proc/PID/status
 * @param ignoredSignals as SigIgn there
 * @param openFiles the soft limit, a number or {@code unlimited}
 */
public record CallerState(
        Optional<String> blockedSignals, Optional<String> ignoredSignals, Optional<String> openFiles) {
    /** As the launcher hands it on in the properties {@code profgen.sigblk}, {@code profgen.sigign} and {@code profgen.nofile}. */
    public static CallerState ofProperties() {
        return new CallerState(
                property("profgen.sigblk", "[0-9a-f]{1,16}"),
                property("profgen.sigign", "[0-9a-f]{1,16}"),
                property("profgen.nofile", "[0-9]{1,19}|unlimited"));
    }

    private static Optional<String> property(String name, String pattern) {
        return Optional.ofNullable(System.getProperty(name)).filter(value -> value.matches(pattern));
    }

    List<String> options() {
        List<String> options = new ArrayList<>();
        blockedSignals.ifPresent(mask -> options.addAll(List.of("--sigmask", mask)));
        ignoredSignals.ifPresent(mask -> options.addAll(List.of("--sigignore", mask)));
        openFiles.ifPresent(limit -> options.addAll(List.of("--nofile-soft", limit)));
        return options;
    }
}
