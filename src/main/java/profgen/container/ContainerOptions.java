package profgen.container;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import profgen.capability.CapabilitySet;

/**
 * The options of {@code docker run} that a user gave, in Docker's own spelling and meaning.
 *
 * @param network null, as with every other one: the engine's default
 * @param environment {@code NAME=VALUE}, or {@code NAME} for the caller's value
 * @param volumes {@code SOURCE:TARGET[:OPTIONS]}
 * @param securityOptions without seccomp and no-new-privileges
 * @param engineArguments words that go to the engine as they are
 */
public record ContainerOptions(
        CapabilityOptions capabilities,
        @Nullable String network,
        @Nullable String user,
        @Nullable String workdir,
        @Nullable String hostname,
        List<String> environment,
        List<String> volumes,
        List<String> tmpfs,
        List<String> ulimits,
        @Nullable String shmSize,
        List<String> securityOptions,
        List<String> engineArguments,
        boolean readOnly,
        boolean noNewPrivileges,
        boolean init,
        boolean terminal,
        boolean interactive) {
    public static final ContainerOptions NONE = new ContainerOptions(
            CapabilityOptions.DEFAULT,
            null,
            null,
            null,
            null,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            null,
            List.of(),
            List.of(),
            false,
            false,
            false,
            false,
            false);

    public ContainerOptions {
        environment = List.copyOf(environment);
        volumes = List.copyOf(volumes);
        tmpfs = List.copyOf(tmpfs);
        ulimits = List.copyOf(ulimits);
        securityOptions = List.copyOf(securityOptions);
        engineArguments = List.copyOf(engineArguments);
    }

    /** The same with all of these in its bounding set. */
    public ContainerOptions adding(CapabilitySet needed) {
        return new ContainerOptions(
                capabilities.adding(needed),
                network,
                user,
                workdir,
                hostname,
                environment,
                volumes,
                tmpfs,
                ulimits,
                shmSize,
                securityOptions,
                engineArguments,
                readOnly,
                noNewPrivileges,
                init,
                terminal,
                interactive);
    }

    /** The same with one word more for the engine. */
    public ContainerOptions withEngineArgument(String word) {
        List<String> words = new ArrayList<>(engineArguments);
        words.add(word);
        return new ContainerOptions(
                capabilities,
                network,
                user,
                workdir,
                hostname,
                environment,
                volumes,
                tmpfs,
                ulimits,
                shmSize,
                securityOptions,
                words,
                readOnly,
                noNewPrivileges,
                init,
                terminal,
                interactive);
    }

    /** As words of a command line of docker or podman. */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        flag(words, "--init", init);
        if (noNewPrivileges) {
            words.addAll(List.of("--security-opt", "no-new-privileges"));
        }
        each(words, "--security-opt", securityOptions);
        each(words, "--cap-drop", capabilities.dropped());
        each(words, "--cap-add", capabilities.added());
        one(words, "--network", network);
        one(words, "--user", user);
        one(words, "--workdir", workdir);
        one(words, "--hostname", hostname);
        each(words, "--env", environment);
        each(words, "--volume", volumes);
        each(words, "--tmpfs", tmpfs);
        each(words, "--ulimit", ulimits);
        one(words, "--shm-size", shmSize);
        flag(words, "--read-only", readOnly);
        flag(words, "--tty", terminal);
        flag(words, "--interactive", interactive);
        words.addAll(engineArguments);
        return List.copyOf(words);
    }

    /** For a recording: {@code key=value}. What a workload finds in the environment is its own affair and stays out. */
    public List<String> inWords() {
        List<String> texts = new ArrayList<>();
        capabilities.added().forEach(name -> texts.add("cap-add=" + name));
        capabilities.dropped().forEach(name -> texts.add("cap-drop=" + name));
        told(texts, "network", network);
        told(texts, "user", user);
        told(texts, "workdir", workdir);
        told(texts, "hostname", hostname);
        volumes.forEach(volume -> texts.add("volume=" + volume));
        tmpfs.forEach(place -> texts.add("tmpfs=" + place));
        ulimits.forEach(limit -> texts.add("ulimit=" + limit));
        told(texts, "shm-size", shmSize);
        securityOptions.forEach(option -> texts.add("security-opt=" + option));
        engineArguments.forEach(word -> texts.add("engine-arg=" + word));
        told(texts, "read-only", readOnly ? "true" : null);
        told(texts, "no-new-privileges", noNewPrivileges ? "true" : null);
        told(texts, "init", init ? "true" : null);
        told(texts, "tty", terminal ? "true" : null);
        told(texts, "interactive", interactive ? "true" : null);
        return List.copyOf(texts);
    }

    private static void told(List<String> texts, String key, @Nullable String value) {
        if (value != null) {
            texts.add(key + "=" + value);
        }
    }

    private static void one(List<String> words, String option, @Nullable String value) {
        if (value != null) {
            words.addAll(List.of(option, value));
        }
    }

    private static void each(List<String> words, String option, List<String> values) {
        values.forEach(value -> words.addAll(List.of(option, value)));
    }

    private static void flag(List<String> words, String option, boolean given) {
        if (given) {
            words.add(option);
        }
    }
}
