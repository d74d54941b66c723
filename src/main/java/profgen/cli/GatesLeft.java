package profgen.cli;

import java.util.List;
import profgen.generate.Generated;
import profgen.generate.Generator;
import profgen.generate.Policy;
import profgen.recording.Recording;
import profgen.report.CapabilityLines;

/** The gates of a profile that recorded calls meet. */
final class GatesLeft {
    private GatesLeft() {}

    /** With no policy. */
    static List<CapabilityLines.Gate> in(Recording recording) {
        return recording.runs().isEmpty() ? List.of() : of(Generator.generate(recording, Policy.DEFAULT));
    }

    static List<CapabilityLines.Gate> of(Generated generated) {
        return generated.gates().stream()
                .filter(Generated.Gate::needed)
                .map(gate -> new CapabilityLines.Gate(gate.name(), gate.alternatives(), gate.opener(), gate.liftable()))
                .toList();
    }
}
