package profgen.container;

import java.util.List;
import java.util.Optional;

/** A program that makes containers, asked through its client; every question has a time limit. */
public interface Engine {
    EngineKind kind();

    /** Why it cannot be used on this machine; empty if it answers. */
    Optional<String> problem();

    /** An image that is on this machine already; nothing is pulled. */
    Optional<ImageFacts> image(String reference);

    /**
     * What {@code spec} would run, entrypoint and all.
     *
     * @throws profgen.BadInputException if the image is not here, or names no command
     */
    List<String> commandLine(ContainerSpec spec);

    /** By which a container of it wants to be stopped: a name or a number, empty for TERM. */
    String stopSignal(ContainerSpec spec);

    /** What it would be asked again and again; empty if the image does not say. */
    Optional<HealthCheck> healthCheck(ContainerSpec spec);

    /** Why its containers share the root file system that they are made of; empty if each has what it writes for itself. */
    default Optional<String> freshProblem(ContainerSpec spec) {
        return Optional.empty();
    }

    /** Makes a container, under a name of its own, that waits to be started. */
    Container create(ContainerSpec spec);
}
