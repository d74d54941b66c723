package profgen.profile;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import profgen.syscall.ResourceTable;

/**
 * The calls that a container runtime itself makes under the filter before the workload starts (or, with docker exec and
 * docker run --init, beside it). Measured; the table names the versions. A floor that is too small fails by chance.
 */
public enum RuntimeFloor {
    RUNC("runc's start-up", "runc-1.1", "runc-1.3"),
    /** One of two versions of runc, for who knows which one it will be. */
    RUNC_1_1("the start-up of runc up to 1.2.7 and 1.3.2", "runc-1.1"),
    RUNC_1_3("the start-up of runc from 1.2.8 and 1.3.3 on", "runc-1.3"),
    CRUN("crun's start-up", "crun", "crun-engine"),
    /** What {@code docker exec} and health checks need beyond the start of the container; runc needs nothing more. */
    EXEC("docker exec", "crun-exec"),
    /** {@code docker run --init}. */
    DOCKER_INIT("docker run --init", "docker-init");

    private static final String ANY_MODE = "any";
    private static final Pattern VERSION = Pattern.compile("runc@1\\.(\\d{1,4})(?:\\.(\\d{1,4}))?");
    private static final Map<String, String> IN_WORDS = Map.of(
            "runc-1.1", "runc up to 1.2.7 and 1.3.2",
            "runc-1.3", "runc from 1.2.8 and 1.3.3 on",
            "crun", "crun",
            "crun-engine", "crun");

    private final String inWords;

    @SuppressWarnings("ImmutableEnumChecker") // always made by List.of
    private final List<String> tables;

    RuntimeFloor(String inWords, String... tables) {
        this.inWords = inWords;
        this.tables = List.of(tables);
    }

    public String inWords() {
        return inWords;
    }

    /**
     * {@code runc}, {@code crun}, and each with a version ({@code runc@1.1.5}); of {@code 1.2} or {@code 1.3} without a third number the newest.
     * crun's is the same in all of its versions.
     */
    public static Optional<RuntimeFloor> byName(String text) {
        Matcher version = VERSION.matcher(text);
        if (text.equals("runc")) {
            return Optional.of(RUNC);
        } else if (text.equals("crun") || text.matches("crun@\\d+(\\.\\d+)*")) {
            return Optional.of(CRUN);
        } else if (!version.matches()) {
            return Optional.empty();
        }
        int minor = Integer.parseInt(version.group(1));
        int patch = version.group(2) == null ? Integer.MAX_VALUE : Integer.parseInt(version.group(2));
        boolean before = minor < 2 || (minor == 2 && patch < 8) || (minor == 3 && patch < 3);
        return Optional.of(before ? RUNC_1_1 : RUNC_1_3);
    }

    /** The runtime whose start-up it is; empty for what comes beside one. */
    public Optional<String> runtime() {
        return switch (this) {
            case RUNC, RUNC_1_1, RUNC_1_3 -> Optional.of("runc");
            case CRUN -> Optional.of("crun");
            case EXEC, DOCKER_INIT -> Optional.empty();
        };
    }

    /** @param noNewPrivileges the filter is loaded just before execve, so that next to nothing of the runtime is under it */
    public static SortedSet<String> names(Collection<RuntimeFloor> floors, boolean noNewPrivileges) {
        String mode = noNewPrivileges ? "no-new-privileges" : "default";
        SortedSet<String> names = new TreeSet<>();
        for (List<String> row : Table.ROWS) {
            boolean inMode = row.get(1).equals(mode) || row.get(1).equals(ANY_MODE);
            if (inMode && floors.stream().anyMatch(floor -> floor.tables.contains(row.get(0)))) {
                names.add(row.get(2));
            }
        }
        return names;
    }

    /**
     * What no start does without, by runtime and version in words. A call of some versions only is not needed by the others.
     *
     * @param crun crun under an engine, else runc
     */
    public static SortedMap<String, SortedSet<String>> needed(boolean crun, boolean noNewPrivileges) {
        String mode = noNewPrivileges ? "no-new-privileges" : "default";
        SortedMap<String, SortedSet<String>> needed = new TreeMap<>();
        for (List<String> row : Table.ROWS) {
            String runtime = IN_WORDS.get(row.get(0));
            boolean counts = row.get(1).equals(mode) && row.get(3).equals("needed");
            if (runtime != null && counts && row.get(0).startsWith("crun") == crun) {
                needed.computeIfAbsent(runtime, key -> new TreeSet<>()).add(row.get(2));
            }
        }
        return needed;
    }

    private static final class Table {
        static final List<List<String>> ROWS = ResourceTable.rows("floor/floors.tsv", 5);
    }
}
