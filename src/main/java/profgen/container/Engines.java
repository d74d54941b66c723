package profgen.container;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import profgen.BadInputException;
import profgen.HostException;

/** The engines that profgen knows. */
public final class Engines {
    /** In the order in which they are tried. */
    private static final List<EngineKind> WITH_IMAGES = List.of(EngineKind.DOCKER, EngineKind.PODMAN);

    private Engines() {}

    /** @param kind one that another program serves */
    public static Engine of(EngineKind kind, Starter starter) {
        return kind.isRuntime() ? new OciRuntime(kind, starter, Bundle.bare()) : new ClientEngine(kind, starter);
    }

    /** The first engine that works and has the image. */
    public static Engine withImage(String reference, Starter starter) {
        List<String> without = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (EngineKind kind : WITH_IMAGES) {
            Engine engine = of(kind, starter);
            if (engine.image(reference).isPresent()) {
                return engine;
            }
            Optional<String> problem = engine.problem();
            problem.ifPresent(text -> problems.add(kind.label() + ": " + text));
            if (problem.isEmpty()) {
                without.add(kind.label());
            }
        }
        if (without.isEmpty()) {
            throw new HostException(
                    "image " + reference + ": no engine works here: " + String.join("; ", problems),
                    "profgen doctor says what works here; an archive of docker save needs none: --image FILE.tar");
        }
        throw new BadInputException(
                "image " + reference + ": " + String.join(" and ", without) + " do" + (without.size() == 1 ? "es" : "")
                        + " not have it",
                without.get(0) + " pull " + reference);
    }
}
