package profgen.cli;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import profgen.BadInputException;
import profgen.capability.CapabilitySet;
import profgen.container.ClientEngine;
import profgen.container.EngineKind;
import profgen.container.OciPlaces;
import profgen.container.RecordedPlace;
import profgen.container.Starter;
import profgen.tracer.CallerState;
import profgen.tracer.ExecRecorder;
import profgen.tracer.Recorded;
import profgen.tracer.Relay;
import profgen.tracer.RunListener;
import profgen.tracer.TracerBinary;

/**
 * A command beside the one that a container was made for.
 *
 * @param options of the engine's exec
 */
record ExecSubject(RecordedPlace place, List<String> options, List<String> command) implements Subject {
    static Subject of(String container, @Nullable EngineKind asked, List<String> options, List<String> command) {
        Starter starter = new Relay(TracerBinary.locate(), CallerState.ofProperties());
        boolean foreign = false;
        for (EngineKind kind : asked == null ? List.of(EngineKind.DOCKER, EngineKind.PODMAN) : List.of(asked)) {
            if (kind.isRuntime()) {
                continue;
            }
            if (!kind.isForeign()) {
                throw new BadInputException("--engine " + kind.label() + ": expected docker, podman, runc or crun");
            }
            ClientEngine engine = new ClientEngine(kind, starter);
            Optional<RecordedPlace> place = engine.recordedPlace(container);
            if (place.isPresent()) {
                return new ExecSubject(place.get(), options, command);
            }
            foreign |= engine.has(container);
        }
        boolean isForeign = foreign;
        Optional<RecordedPlace> ofRuntime =
                OciPlaces.here(starter).find(container).filter(place -> asked == null || asked == place.kind());
        return new ExecSubject(ofRuntime.orElseThrow(() -> none(container, isForeign)), options, command);
    }

    private static BadInputException none(String container, boolean foreign) {
        return foreign
                ? new BadInputException(
                        container + ": profgen did not start it, so that there is no tracer in it",
                        "profgen record --container " + container + " records what runs in it already;"
                                + " profgen record --image REF makes one for exec")
                : new BadInputException(
                        container + ": no container in which profgen records",
                        "docker ps --filter label=profgen lists them; profgen record --image REF makes one");
    }

    @Override
    public boolean hasOwnFileSystem() {
        return true;
    }

    @Override
    public Recorded record(Setting setting, Optional<Recorded> before, RunListener listener) {
        return ExecRecorder.of(place, options, setting.backend(), Version.current())
                .record(command, listener);
    }

    /** What the container was made for is run with the profile, not this. */
    @Override
    public String runLine(String profile, CapabilitySet needed, boolean init) {
        return "";
    }
}
