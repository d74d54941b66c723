package profgen.image;

import java.nio.file.attribute.FileTime;
import java.util.Map;

/**
 * An entry's header.
 *
 * @param name raw, as are {@code link} and the names of {@code attributes}
 * @param size of the content, holes included
 * @param mode the twelve bits
 */
record TarEntry(
        String name,
        String link,
        Type type,
        long size,
        boolean sparse,
        int mode,
        long uid,
        long gid,
        FileTime modified,
        Map<String, byte[]> attributes) {
    /** Those of the user, and file capabilities: others mean something to the machine that made the image only. */
    static boolean keeps(String attribute) {
        return attribute.equals("security.capability") || attribute.startsWith("user.");
    }

    enum Type {
        FILE,
        FOLDER,
        SYMLINK,
        HARD_LINK,
        FIFO,
        DEVICE;

        static Type of(char flag, String name) {
            return switch (flag) {
                case '0', '7', 'S' -> name.endsWith("/") ? FOLDER : FILE;
                case '1' -> HARD_LINK;
                case '2' -> SYMLINK;
                case '3', '4' -> DEVICE;
                case '5' -> FOLDER;
                case '6' -> FIFO;
                default -> throw new Refused("an entry of the unknown type " + Raw.shown(String.valueOf(flag)));
            };
        }
    }
}
