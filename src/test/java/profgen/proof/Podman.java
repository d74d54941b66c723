package profgen.proof;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Podman, with what root without CAP_SYS_RESOURCE has to tell it; an image that it imports is gone after {@link #close}. */
final class Podman implements AutoCloseable {
    static final List<String> OPTIONS =
            List.of("--runtime=runc", "--ulimit=nofile=1024:1024", "--ulimit=nproc=1024:1024");

    private final List<String> images = new ArrayList<>();

    String importImage(Path tar) {
        String image =
                podman("import", "--quiet", tar.toString()).hasStatus(0).out().strip();
        images.add(image);
        return image;
    }

    boolean runs(String image) {
        return run(image, List.of(), List.of("true")).succeeded();
    }

    /** In a new container, which is gone afterwards. */
    Ended run(String image, List<String> options, List<String> command) {
        List<String> words = new ArrayList<>(List.of("podman", "run", "--rm"));
        words.addAll(OPTIONS);
        words.addAll(options);
        words.add(image);
        words.addAll(command);
        return BoundedCommand.of(words).run();
    }

    private static Ended podman(String... arguments) {
        List<String> words = new ArrayList<>(List.of("podman"));
        words.addAll(List.of(arguments));
        return BoundedCommand.of(words).run();
    }

    @Override
    public void close() {
        images.forEach(image -> podman("rmi", "--force", image));
    }
}
