package profgen.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A folder of src/workloads (see its {@code images}): a service with a load, or a program that ends by itself. */
record CorpusWorkload(Path folder) {
    static final Path ALL = Checkout.top().resolve("src/workloads");
    private static final String WHOLE = "all";

    /** Those that {@code -Dprofgen.corpus=NAME,NAME} names, or all, in the order of their names. */
    static List<CorpusWorkload> chosen() {
        String names = System.getProperty("profgen.corpus", WHOLE);
        try (Stream<Path> folders = Files.list(ALL)) {
            return folders.filter(folder -> Files.exists(folder.resolve("setup")) || hasSource(folder))
                    .filter(folder -> !folder.endsWith("base"))
                    .map(CorpusWorkload::new)
                    .filter(workload -> names.equals(WHOLE)
                            || Arrays.asList(names.split(",", -1)).contains(workload.name()))
                    .sorted((a, b) -> a.name().compareTo(b.name()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether those are all that there are. */
    static boolean isWhole() {
        return System.getProperty("profgen.corpus", WHOLE).equals(WHOLE);
    }

    private static boolean hasSource(Path folder) {
        return Files.exists(folder.resolve(folder.getFileName() + ".c"));
    }

    String name() {
        return folder.getFileName().toString();
    }

    /** What it is, in a few words. */
    String inWords() {
        return lines("image").get(0).replaceFirst("^# ", "");
    }

    boolean isService() {
        return Files.exists(folder.resolve("load"));
    }

    /** Of docker run and profgen alike. */
    List<String> options() {
        return Files.exists(folder.resolve("options")) ? lines("options") : List.of();
    }

    /** For the standard output of what is no service. */
    String expected() {
        return lines("expect").get(0);
    }

    private List<String> lines(String file) {
        try {
            return Files.readAllLines(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
