package profgen.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import profgen.BadInputException;

/** {@code /etc/passwd} and {@code /etc/group} of one root file system; without these files there are numbers only. */
public final class UserDatabase {
    private static final int HOME = 5;
    /** Thousands of entries. A file of an image may be of any length, and hold nothing. */
    private static final long LONGEST = 1 << 20;

    private final List<List<String>> users;
    private final List<List<String>> groups;

    private UserDatabase(List<List<String>> users, List<List<String>> groups) {
        this.users = users;
        this.groups = groups;
    }

    /** @param root the root of the workload's file system */
    public static UserDatabase of(Path root) {
        return new UserDatabase(entries(root, "etc/passwd"), entries(root, "etc/group"));
    }

    /** A link that leads out of the root, to this machine's users, is no such file; nor is a pipe, which would be waited for. */
    private static List<List<String>> entries(Path root, String name) {
        try {
            Path file = root.resolve(name).toRealPath();
            if (!file.startsWith(root.toRealPath()) || !Files.isRegularFile(file) || Files.size(file) > LONGEST) {
                return List.of();
            }
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                    .lines()
                    .map(line -> List.of(line.split(":", -1)))
                    .filter(fields -> fields.size() >= 4)
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /**
     * {@code USER[:GROUP]}, each a name or a number, as {@code docker run --user} takes it: a user without an entry has group 0, and only a user
     * without a given group brings supplementary groups.
     */
    public UserIds resolve(String text) {
        String[] parts = text.split(":", 2);
        Optional<List<String>> entry = find(users, parts[0]);
        long uid = number(parts[0], entry, "user", text);
        if (parts.length == 2 && !parts[1].isEmpty()) {
            return new UserIds(uid, number(parts[1], find(groups, parts[1]), "group", text), List.of());
        }
        long gid = entry.map(fields -> parse(fields.get(3)).orElse(0)).orElse(0L);
        return new UserIds(
                uid, gid, entry.map(fields -> groupsOf(fields.get(0))).orElse(List.of()));
    }

    /** The folder that belongs to a user; {@code /} without an entry, as engines set HOME. */
    public String home(long uid) {
        return first(users, fields -> fields.get(2).equals(String.valueOf(uid)))
                .filter(fields -> fields.size() > HOME && !fields.get(HOME).isEmpty())
                .map(fields -> fields.get(HOME))
                .orElse("/");
    }

    /** By name, and failing that by number. */
    private static Optional<List<String>> find(List<List<String>> entries, String text) {
        return first(entries, fields -> fields.get(0).equals(text))
                .or(() -> first(entries, fields -> fields.get(2).equals(text)));
    }

    private static Optional<List<String>> first(List<List<String>> entries, Predicate<List<String>> wanted) {
        return entries.stream().filter(wanted).findFirst();
    }

    private static long number(String text, Optional<List<String>> entry, String what, String option) {
        return entry.flatMap(fields -> boxed(parse(fields.get(2))))
                .or(() -> boxed(parse(text)))
                .orElseThrow(() -> new BadInputException(
                        "--user " + option + ": the workload's file system has no " + what + " \"" + text + "\"",
                        "a number needs no entry there"));
    }

    private List<Long> groupsOf(String user) {
        List<Long> result = new ArrayList<>();
        for (List<String> fields : groups) {
            if (List.of(fields.get(3).split(",", -1)).contains(user)) {
                parse(fields.get(2)).ifPresent(result::add);
            }
        }
        return result;
    }

    private static Optional<Long> boxed(OptionalLong value) {
        return value.isPresent() ? Optional.of(value.getAsLong()) : Optional.empty();
    }

    private static OptionalLong parse(String text) {
        if (!text.matches("[0-9]{1,10}") || Long.parseLong(text) > UserIds.HIGHEST) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(text));
    }
}
