package profgen.proof;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import profgen.Requires;

/**
 * An engine on which a profile is verified.
 *
 * @param label with versions
 * @param options that choose it
 * @param archive it takes the image from a file
 */
record CorpusEngine(String label, List<String> options, boolean archive) {
    private static final String DOCKER = "--engine=docker";

    /** Docker with its own runtime, and crun: by Docker where it is registered there, else alone. */
    static List<CorpusEngine> here() {
        String docker = "Docker " + info("{{.ServerVersion}}");
        List<CorpusEngine> engines = new ArrayList<>();
        engines.add(new CorpusEngine(docker + " with " + version("runc"), List.of(DOCKER), false));
        Requires.command("crun");
        boolean registered = Arrays.asList(info("{{range $name, $_ := .Runtimes}}{{$name}} {{end}}")
                        .split(" ", -1))
                .contains("crun");
        engines.add(
                registered
                        ? new CorpusEngine(
                                docker + " with " + version("crun"),
                                List.of(DOCKER, "--engine-arg=--runtime=crun"),
                                false)
                        : new CorpusEngine(version("crun"), List.of("--engine=crun"), true));
        return engines;
    }

    /** What chooses the engine and the image. */
    List<String> of(String image, Path folder) {
        List<String> words = new ArrayList<>(options);
        words.add("--image");
        words.add(archive ? saved(image, folder) : image);
        return words;
    }

    private static String saved(String image, Path folder) {
        String file = folder.resolve("image.tar").toString();
        Docker.docker("save", "-o", file, image).hasStatus(0);
        return file;
    }

    private static String info(String format) {
        return Docker.docker("info", "--format", format).hasStatus(0).out().strip();
    }

    /** {@code runc 1.1.5}. */
    private static String version(String runtime) {
        String first = BoundedCommand.of(runtime, "--version")
                .run()
                .hasStatus(0)
                .out()
                .lines()
                .findFirst()
                .orElseThrow();
        return first.replace(" version", "").replaceFirst("[+~-].*", "");
    }
}
