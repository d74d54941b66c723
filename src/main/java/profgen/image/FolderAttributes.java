package profgen.image;

import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** What folders are to become when all is in place: until then each may be written to, and its time changes with what is put into it. */
final class FolderAttributes {
    private final NavigableMap<String, TarEntry> byPath = new TreeMap<>();

    private static final long AS_IT_IS = 0xFFFF_FFFFL;

    /** A folder that no entry describes. */
    static TarEntry plain() {
        return new TarEntry(
                "", "", TarEntry.Type.FOLDER, 0, false, 0755, AS_IT_IS, AS_IT_IS, FileTime.fromMillis(0), Map.of());
    }

    void put(String path, TarEntry entry) {
        byPath.put(path, entry);
    }

    boolean knows(String path) {
        return byPath.containsKey(path);
    }

    /** It and all in it are gone. */
    void forget(String path) {
        byPath.remove(path);
        // '0' comes after '/'.
        byPath.subMap(path + "/", path + "0").clear();
    }

    /** Children before their parents. */
    Set<Map.Entry<String, TarEntry>> upwards() {
        return byPath.descendingMap().entrySet();
    }
}
