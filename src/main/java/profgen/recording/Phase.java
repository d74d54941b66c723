package profgen.recording;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A part of a run, in the order in which they come. */
public enum Phase {
    /** From the start until the workload is ready. */
    ENTRY,
    /** From then on. */
    SERVING,
    /** From the moment it was asked to end. */
    SHUTDOWN,
    /** A command that was executed beside the workload, such as a health check. */
    EXEC;

    /** As in journals, recordings and options. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Phase> byLabel(String label) {
        return Arrays.stream(values())
                .filter(phase -> phase.label().equals(label))
                .findFirst();
    }

    static Phase parse(JsonValue value) {
        return byLabel(value.text()).orElseThrow(() -> value.expected("entry, serving, shutdown or exec"));
    }
}
