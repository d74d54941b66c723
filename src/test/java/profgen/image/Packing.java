package profgen.image;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** The ways in which tools pack an image's layers. */
enum Packing {
    DOCKER,
    DOCKER_GZIPPED,
    OCI_FOLDER,
    OCI_GZIP,
    OCI_ZSTD,
    OCI_TAR;

    static final String CONFIG = "{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{},"
            + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[%s]}}";

    /** Makes the archive or the layout at a path below the folder, which is the result. */
    Path pack(Path folder, List<byte[]> layers) {
        return pack(folder, CONFIG, layers);
    }

    /** @param config with %s for the layers' diff_ids */
    Path pack(Path folder, String config, List<byte[]> layers) {
        Path path = folder.resolve(name());
        Map<String, byte[]> files = new LinkedHashMap<>();
        byte[] written = config.formatted(quoted(layers)).getBytes(StandardCharsets.UTF_8);
        switch (this) {
            case DOCKER -> write(path, tar(docker(files, written, layers)));
            case DOCKER_GZIPPED -> write(path, gzip(tar(docker(files, written, layers))));
            case OCI_TAR -> write(path, tar(oci(files, written, layers)));
            default -> writeAll(path, oci(files, written, layers));
        }
        return path;
    }

    private static String quoted(List<byte[]> layers) {
        return String.join(
                ",",
                layers.stream().map(layer -> "\"" + Digest.of(layer) + "\"").toList());
    }

    private static Map<String, byte[]> docker(Map<String, byte[]> files, byte[] config, List<byte[]> layers) {
        List<String> names = new ArrayList<>();
        for (byte[] layer : layers) {
            String name = "l" + names.size() + "/layer.tar";
            names.add("\"" + name + "\"");
            files.put(name, layer);
        }
        String configName = Digest.of(config).hex() + ".json";
        files.put(configName, config);
        files.put(
                "manifest.json",
                ("[{\"Config\":\"" + configName + "\",\"RepoTags\":[\"app:1\"],\"Layers\":[" + String.join(",", names)
                                + "]}]")
                        .getBytes(StandardCharsets.UTF_8));
        return files;
    }

    private Map<String, byte[]> oci(Map<String, byte[]> files, byte[] config, List<byte[]> layers) {
        String manifest = manifest(files, config, layers);
        files.put("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8));
        files.put("index.json", ("{\"manifests\":[" + manifest + "]}").getBytes(StandardCharsets.UTF_8));
        return files;
    }

    /** Puts one image into a layout; the result is the descriptor of its manifest. */
    String manifest(Map<String, byte[]> files, byte[] config, List<byte[]> layers) {
        String suffix = this == OCI_GZIP ? "+gzip" : this == OCI_ZSTD ? "+zstd" : "";
        List<String> descriptors = layers.stream()
                .map(layer -> blob(files, "application/vnd.oci.image.layer.v1.tar" + suffix, compressed(layer)))
                .toList();
        String text = "{\"schemaVersion\":2,\"config\":"
                + blob(files, "application/vnd.oci.image.config.v1+json", config) + ",\"layers\":["
                + String.join(",", descriptors) + "]}";
        return blob(files, "application/vnd.oci.image.manifest.v1+json", text.getBytes(StandardCharsets.UTF_8));
    }

    static String blob(Map<String, byte[]> files, String mediaType, byte[] content) {
        Digest digest = Digest.of(content);
        files.put(digest.blob(), content);
        return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}".formatted(mediaType, digest, content.length);
    }

    private byte[] compressed(byte[] layer) {
        return switch (this) {
            case OCI_GZIP -> gzip(layer);
            case OCI_ZSTD -> Zstd.compress(layer);
            default -> layer;
        };
    }

    static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] tar(Map<String, byte[]> files) {
        Tar tar = new Tar();
        files.forEach((name, content) -> tar.put(Tar.entry(name, (byte) '0'), content));
        return tar.bytes();
    }

    static void writeAll(Path folder, Map<String, byte[]> files) {
        files.forEach((name, content) -> write(folder.resolve(name), content));
    }

    private static void write(Path file, byte[] content) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
