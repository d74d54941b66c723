package profgen.proof;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The images of src/workloads, each made when it is needed; all are gone after {@link #close}. The packages that were fetched are kept under target/.
 *
 * @param prefix of their names; not the same in two builds at once
 */
record CorpusImages(Docker docker, String prefix) implements AutoCloseable {
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(8);

    static CorpusImages open() throws IOException {
        return new CorpusImages(
                Docker.open(), "profgen-corpus-" + ProcessHandle.current().pid());
    }

    /** The image's name. */
    String make(CorpusWorkload workload) throws IOException {
        Path packages = Checkout.target().resolve("packages");
        List<String> words =
                new ArrayList<>(List.of(CorpusWorkload.ALL.resolve("images").toString()));
        docker.labels().forEach(label -> words.addAll(List.of("-l", label)));
        words.addAll(List.of(DebianRootfs.tar().toString(), packages.toString(), prefix, workload.name()));
        BoundedCommand.of(words).within(BUILD_LIMIT).run().hasStatus(0);
        return image(workload);
    }

    void remove(CorpusWorkload workload) {
        Docker.docker("rmi", "-f", image(workload)).hasStatus(0);
    }

    private String image(CorpusWorkload workload) {
        return prefix + "/" + workload.name();
    }

    @Override
    public void close() {
        docker.close();
    }
}
