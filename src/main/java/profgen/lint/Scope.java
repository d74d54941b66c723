package profgen.lint;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import profgen.filter.Engine;
import profgen.filter.EngineKind;
import profgen.filter.Host;
import profgen.syscall.Arch;

/**
 * Where the profile is going to be used.
 *
 * @param engines empty: any; findings about single engines are then less grave
 * @param arches empty: all
 */
public record Scope(List<Engine> engines, List<Arch> arches) {
    public static final Scope ANYWHERE = new Scope(List.of(), List.of());

    public Scope {
        engines = List.copyOf(engines);
        arches = arches.isEmpty() ? List.of(Arch.values()) : List.copyOf(arches);
    }

    private List<Engine> all() {
        return engines.isEmpty()
                ? Arrays.stream(EngineKind.values())
                        .map(kind -> new Engine(kind, null))
                        .toList()
                : engines;
    }

    boolean has(Predicate<EngineKind> what) {
        return all().stream().map(Engine::kind).anyMatch(what);
    }

    /** The level of what is true of some engines only: graver if one of them was asked for. */
    Level about(Predicate<EngineKind> what) {
        return !engines.isEmpty() && has(what) ? Level.WARNING : Level.NOTE;
    }

    /** On which the file is judged: the engines asked for; by default one of each kind that reads whole profiles. */
    List<Host> hosts() {
        List<Engine> judges = engines.isEmpty() ? List.of(Engine.DOCKER, new Engine(EngineKind.PODMAN, null)) : engines;
        return judges.stream()
                .flatMap(engine -> arches.stream().map(arch -> Host.docker(arch).withEngine(engine)))
                .toList();
    }
}
