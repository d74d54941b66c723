package profgen.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Unpacked trees in words. */
final class Trees {
    private Trees() {}

    /** Unpacks into a new folder below one, with limits that no test reaches by chance. */
    static Rootfs unpack(Path folder, Path image, Limits limits) {
        try (Image open = ImageArchive.open(image, Platform.AMD64, limits)) {
            return open.unpack(folder.resolve("unpacked"));
        }
    }

    static Map<String, String> ofLayers(Path folder, Tar... layers) {
        List<byte[]> bytes = Stream.of(layers).map(Tar::bytes).toList();
        try (Rootfs rootfs = unpack(folder, Packing.DOCKER.pack(folder, bytes), Limits.DEFAULT)) {
            return list(rootfs.path());
        }
    }

    /** Path to content, {@code /} for a folder, {@code -> TARGET} for a symlink. */
    static Map<String, String> list(Path root) {
        try (Stream<Path> paths = Files.walk(root)) {
            Map<String, String> list = new TreeMap<>();
            for (Path path : paths.filter(each -> !each.equals(root)).toList()) {
                list.put(root.relativize(path).toString(), describe(path));
            }
            return list;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String describe(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return "-> " + Files.readSymbolicLink(path);
        }
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return "/";
        }
        return Files.isRegularFile(path) ? Files.readString(path) : "special";
    }
}
