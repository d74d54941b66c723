package profgen.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random trees, each the next state of the one before; the layers are their differences. What is unpacked is the last tree. */
class RandomLayersTest {
    private static final int SEEDS = 25;
    private static final List<String> NAMES = List.of("a", "b", "c", "u-", "d.e");

    @TempDir
    Path folder;

    static Stream<Long> seeds() {
        return Stream.iterate(1L, seed -> seed + 1).limit(SEEDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void packing_a_tree_layer_by_layer_and_unpacking_it_changes_nothing(long seed) {
        Random random = new Random(seed);
        List<byte[]> layers = new ArrayList<>();
        Map<String, String> tree = new TreeMap<>();
        for (int layer = random.nextInt(4); layer >= 0; layer--) {
            Map<String, String> next = changed(tree, random);
            layers.add(difference(tree, next, random).bytes());
            tree = next;
        }
        Packing packing = List.of(Packing.values()).get(random.nextInt(Packing.values().length));

        try (Rootfs rootfs = Trees.unpack(folder, packing.pack(folder, layers), Limits.DEFAULT)) {
            assertThat(Trees.list(rootfs.path())).isEqualTo(tree);
        }
    }

    private static Map<String, String> changed(Map<String, String> tree, Random random) {
        Map<String, String> next = new TreeMap<>(tree);
        for (int change = 0; change < 12; change++) {
            String path = path(next, random);
            remove(next, path);
            switch (random.nextInt(5)) {
                case 0 -> {
                    // It stays away.
                }
                case 1, 2 -> next.put(path, "/");
                case 3 -> next.put(path, "-> " + NAMES.get(random.nextInt(NAMES.size())));
                default -> next.put(path, "content " + random.nextInt());
            }
        }
        return next;
    }

    /** Any name in a folder that there is. */
    private static String path(Map<String, String> tree, Random random) {
        List<String> folders = new ArrayList<>(List.of(""));
        tree.forEach((path, what) -> {
            if (what.equals("/")) {
                folders.add(path + "/");
            }
        });
        return folders.get(random.nextInt(folders.size())) + NAMES.get(random.nextInt(NAMES.size()));
    }

    private static void remove(Map<String, String> tree, String path) {
        tree.keySet().removeIf(each -> each.equals(path) || each.startsWith(path + "/"));
    }

    private static Tar difference(Map<String, String> old, Map<String, String> next, Random random) {
        Tar tar = new Tar("UTF-8");
        Set<String> gone = new TreeSet<>(old.keySet());
        gone.removeAll(next.keySet());
        gone.removeIf(path -> !next.getOrDefault(parent(path), "/").equals("/") || gone.contains(parent(path)));
        boolean opaque = random.nextInt(4) == 0;
        if (!opaque) {
            gone.forEach(path -> tar.file(join(parent(path), ".wh." + path.substring(path.lastIndexOf('/') + 1)), ""));
        }
        next.forEach((path, what) -> {
            if (opaque || !what.equals(old.get(path))) {
                add(tar, path, what);
            }
        });
        return opaque ? tar.file(".wh..wh..opq", "") : tar;
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    private static String join(String folder, String name) {
        return folder.isEmpty() ? name : folder + "/" + name;
    }

    private static void add(Tar tar, String path, String what) {
        if (what.equals("/")) {
            tar.folder(path);
        } else if (what.startsWith("-> ")) {
            tar.symlink(path, what.substring(3));
        } else {
            tar.file(path, what);
        }
    }
}
