package profgen.image;

import java.util.Arrays;
import java.util.List;

/** Checks the names of entries and of hard links' targets: always below the root of their archive. */
final class EntryName {
    /** Of one name, as file systems have it; and of a whole path, as the kernel takes it. */
    static final int MAX_PART = 255;

    static final int MAX_PATH = 4096;

    private EntryName() {}

    /** The parts of a path; none is the root itself. */
    static List<String> parts(String raw) {
        if (raw.startsWith("/")) {
            throw new Refused("an absolute path");
        }
        if (raw.indexOf('\0') >= 0) {
            throw new Refused("a zero byte in the name");
        }
        if (raw.length() >= MAX_PATH) {
            throw new Refused("a name of " + raw.length() + " bytes; " + (MAX_PATH - 1) + " are the most");
        }
        List<String> parts = Arrays.stream(raw.split("/", -1))
                .filter(part -> !part.isEmpty() && !part.equals("."))
                .toList();
        parts.forEach(EntryName::check);
        return parts;
    }

    private static void check(String part) {
        if (part.equals("..")) {
            throw new Refused("\"..\" in the name");
        }
        if (part.length() > MAX_PART) {
            throw new Refused("a part of " + part.length() + " bytes in the name; " + MAX_PART + " are the most");
        }
    }

    /** A relative target that climbs above the root by its text alone. */
    static boolean climbsOut(List<String> folder, String target) {
        int depth = target.startsWith("/") ? 0 : folder.size();
        for (String part : target.split("/", -1)) {
            if (part.equals("..")) {
                depth--;
            } else if (!part.isEmpty() && !part.equals(".")) {
                depth++;
            }
            if (depth < 0) {
                return true;
            }
        }
        return false;
    }
}
