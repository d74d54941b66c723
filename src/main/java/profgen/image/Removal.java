package profgen.image;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Removes trees of any depth and of any modes: a folder that is found in another is first moved up beside it, so that there is never a path to walk and
 * never a symlink to follow. What is mounted in a tree stays, and stops the removal.
 */
final class Removal {
    /** A folder for what goes; on the same file system, and nobody else's. */
    private final Folder yard;

    private final Deque<String> waiting = new ArrayDeque<>();
    /** No name of an earlier removal, which may have been stopped. */
    private long count = System.nanoTime();

    Removal(Folder yard) {
        this.yard = yard;
    }

    /** Whatever has the name, if anything. */
    void remove(Folder from, String name) throws CallException {
        if (from.remove(name)) {
            return;
        }
        take(from, name);
        while (!waiting.isEmpty()) {
            empty(waiting.remove());
        }
    }

    private void take(Folder from, String name) throws CallException {
        // To be moved, a folder must be one that its owner may write to.
        from.unlock(name);
        String newName = ".removed-" + Long.toHexString(count++);
        from.moveTo(name, yard, newName);
        waiting.add(newName);
    }

    private void empty(String name) throws CallException {
        try (Folder folder = yard.enter(name).orElseThrow()) {
            for (String child : folder.names()) {
                if (!folder.remove(child)) {
                    take(folder, child);
                }
            }
        }
        yard.removeEmptyFolder(name);
    }
}
