package profgen.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The default profiles that engines ship, from the project's own tables, and two that need no table; by name wherever a profile is expected. */
public final class Baseline {
    /** The newest Docker default that is known here. */
    public static final String DOCKER_DEFAULT = "docker-default";

    private static final Map<String, String> TABLES = new TreeMap<>(Map.of(
            DOCKER_DEFAULT,
            "docker-2026-06",
            "docker-20.10",
            "docker-20.10",
            "docker-28",
            "docker-28",
            "docker-2026-06",
            "docker-2026-06",
            "podman-default",
            "podman"));

    private static final Map<String, Profile> READ = new ConcurrentHashMap<>();

    private Baseline() {}

    public static Optional<Profile> named(String name) {
        return switch (name) {
            case "unconfined" -> Optional.of(profile(null, List.of()));
            case "strict" -> Optional.of(profile(Action.KILL_THREAD, List.of(strict())));
            default ->
                Optional.ofNullable(TABLES.get(name)).map(table -> READ.computeIfAbsent(table, BaselineTable::read));
        };
    }

    public static Profile dockerDefault() {
        return named(DOCKER_DEFAULT).orElseThrow();
    }

    /** All that {@link #named} knows, for messages and completion. */
    public static List<String> names() {
        List<String> names = new ArrayList<>(TABLES.keySet());
        names.addAll(List.of("strict", "unconfined"));
        return names;
    }

    /** Mode 1 of seccomp(2): anything else is SIGKILL for the thread. */
    private static Rule strict() {
        return Rule.allow(List.of("exit", "read", "rt_sigreturn", "write"), "what seccomp's mode 1 allows");
    }

    private static Profile profile(@Nullable Action defaultAction, List<Rule> rules) {
        return new Profile(defaultAction, null, List.of(), List.of(), null, null, null, rules);
    }
}
