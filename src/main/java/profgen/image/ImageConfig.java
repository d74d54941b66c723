package profgen.image;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How an image wants to be run.
 *
 * @param id {@code sha256:} and 64 hex digits of the configuration: the same whatever the image is packed in
 * @param architecture as OCI spells it, e.g. {@code amd64}
 * @param env {@code NAME=VALUE} each
 * @param user {@code USER[:GROUP]}, names or numbers of the image's own files; empty: root
 * @param workingDir empty: {@code /}
 * @param stopSignal e.g. {@code SIGQUIT} or {@code 3}; absent: TERM
 * @param exposedPorts e.g. {@code 80/tcp}
 * @param shell in front of lines of HEALTHCHECK CMD-SHELL
 */
public record ImageConfig(
        String id,
        String architecture,
        List<String> entrypoint,
        List<String> cmd,
        List<String> env,
        String user,
        String workingDir,
        Optional<Healthcheck> healthcheck,
        Optional<String> stopSignal,
        SortedSet<String> exposedPorts,
        SortedSet<String> volumes,
        List<String> shell) {
    public ImageConfig {
        entrypoint = List.copyOf(entrypoint);
        cmd = List.copyOf(cmd);
        env = List.copyOf(env);
        exposedPorts = Collections.unmodifiableSortedSet(new TreeSet<>(exposedPorts));
        volumes = Collections.unmodifiableSortedSet(new TreeSet<>(volumes));
        shell = List.copyOf(shell);
    }

    /**
     * The entrypoint and behind it the arguments, or the image's own where there are none, as {@code docker run} does. May be empty: then there is nothing
     * to run.
     */
    public List<String> command(List<String> arguments) {
        List<String> words = new ArrayList<>(entrypoint);
        words.addAll(arguments.isEmpty() ? cmd : arguments);
        return words;
    }
}
