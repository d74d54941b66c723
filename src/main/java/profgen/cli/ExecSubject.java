package profgen.cli;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import profgen.BadInputException;
import profgen.capability.CapabilitySet;
import profgen.container.ClientEngine;
import profgen.container.EngineKind;
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
record ExecSubject(ClientEngine engine, RecordedPlace place, List<String> options, List<String> command)
        implements Subject {
    static Subject of(String container, @Nullable EngineKind asked, List<String> options, List<String> command) {
        Starter starter = new Relay(TracerBinary.locate(), CallerState.ofProperties());
        List<EngineKind> kinds = asked == null ? List.of(EngineKind.DOCKER, EngineKind.PODMAN) : List.of(asked);
        for (EngineKind kind : kinds) {
            if (kind != EngineKind.DOCKER && kind != EngineKind.PODMAN) {
                throw new BadInputException("--engine " + kind.label() + ": expected docker or podman");
            }
            ClientEngine engine = new ClientEngine(kind, starter);
            Optional<RecordedPlace> place = engine.recordedPlace(container);
            if (place.isPresent()) {
                return new ExecSubject(engine, place.get(), options, command);
            }
        }
        throw new BadInputException(
                container + ": no container in which profgen records",
                "docker ps --filter label=profgen lists them; profgen record --image REF makes one");
    }

    @Override
    public boolean hasOwnFileSystem() {
        return true;
    }

    @Override
    public Recorded record(Setting setting, Optional<Recorded> before, RunListener listener) {
        return new ExecRecorder(engine, place, options, setting.backend(), Version.current()).record(command, listener);
    }

    /** What the container was made for is run with the profile, not this. */
    @Override
    public String runLine(String profile, CapabilitySet needed, boolean init) {
        return "";
    }
}
