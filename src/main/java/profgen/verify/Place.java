package profgen.verify;

import java.util.List;
import profgen.filter.Host;

/** Where a workload runs under a profile. */
public interface Place {
    /** What decides, beside the profile, which filter a container gets here. */
    Host host();

    /** {@code the built-in container}, {@code docker 20.10.24}. */
    String inWords();

    /** Starts it, and surely ends it: not the client of an engine only, but the container. */
    Attempt run(Trial trial);

    /**
     * The same once more with what is refused made visible: the workload's process loads the filter itself and the tracer looks on.
     * An attempt that has told its denials is explained already.
     */
    Attempt explain(Trial trial);

    /** How {@code profgen-tracer} is started in the container as the command, with its first arguments. */
    List<String> tracer();

    /** Whether a container runtime makes the container, part of whose start is under the filter. */
    boolean hasRuntime();

    /** What runs there cannot reach this machine's processes, mounts and names. */
    boolean isContainer();

    boolean noNewPrivileges();
}
