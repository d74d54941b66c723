package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import profgen.cli.Cli;

/** Containers to be started in one boot of the LoongArch machine, each under a profile that this machine generates and resolves. */
final class LoongStarts {
    private static final Duration LIMIT = Duration.ofMinutes(6);
    private static final String REFUSED = "/job/workloads/refused";

    private final LoongCorpus corpus;
    private final Path folder;
    private final Path filters;
    private final List<String> lines = new ArrayList<>(List.of(
            "start() {",
            "id=$1; shift",
            "timeout -s KILL 90 ./contain \"$@\" >/out/$id.out 2>/out/$id.err",
            "echo $? >/out/$id.status",
            "}"));
    private final Map<String, Ended> ended = new TreeMap<>();

    LoongStarts(LoongCorpus corpus, Path folder) throws IOException {
        this.corpus = corpus;
        this.folder = folder.resolve("enforced");
        this.filters = Files.createDirectories(folder.resolve("filters"));
    }

    /**
     * A program under the profile of its recording.
     *
     * @param policy options of generate
     * @param capabilities the container's beside Docker's 14
     */
    void add(String runtime, String name, String program, List<String> policy, List<String> capabilities) {
        add(
                runtime,
                name,
                program,
                policy,
                capabilities,
                List.of(),
                corpus.words().getOrDefault(program, ""));
    }

    /** The program that tries what it should not, under the profile of numactl --show; its capabilities leave the refusals to the filter. */
    void addRefused(String runtime, String name, List<String> policy) {
        add(runtime, name, "numactl-show", policy, List.of(), List.of("SYS_ADMIN", "SYS_BOOT"), REFUSED);
    }

    private void add(
            String runtime,
            String name,
            String program,
            List<String> policy,
            List<String> capabilities,
            List<String> more,
            String words) {
        String id = runtime + "-" + name;
        filter(id, program, policy, capabilities);
        StringBuilder line = new StringBuilder("start " + id + " --seccomp filters/" + id + ".json");
        capabilities.forEach(capability -> line.append(" --cap-add CAP_").append(capability));
        more.forEach(capability -> line.append(" --cap-add CAP_").append(capability));
        lines.add(line + " " + runtime + " /run/" + id + " " + words);
    }

    private void filter(String id, String program, List<String> policy, List<String> capabilities) {
        Path profile = folder.resolveSibling(id + ".seccomp.json");
        List<String> generate = new ArrayList<>(List.of("generate", recording(program), "-o", profile.toString()));
        generate.addAll(policy);
        run(generate);
        List<String> resolve = new ArrayList<>(List.of("resolve", profile.toString(), "--arch", "loongarch64"));
        // As Docker does, which then hands the flat filter to the runtime.
        resolve.addAll(List.of("--engine", "docker", "--kernel", kernel(program)));
        capabilities.forEach(capability -> resolve.addAll(List.of("--cap-add", capability)));
        try {
            Files.writeString(filters.resolve(id + ".json"), run(resolve));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String recording(String program) {
        return corpus.recording("sandbox", program).toString();
    }

    private String kernel(String program) {
        return corpus.run("sandbox", program).provenance().kernel();
    }

    private static String run(List<String> words) {
        Cli done = Cli.run(words.toArray(String[]::new));
        assertThat(done.status()).as("%s: %s", words, done).isZero();
        return done.out();
    }

    void run(LoongMachine machine) throws IOException {
        Path script = folder.resolveSibling("starts");
        Files.write(script, lines);
        List<Path> files = new ArrayList<>(corpus.files());
        files.addAll(List.of(script, filters));
        machine.start(folder, LIMIT, LoongMachine.TWO_NODES, files, ". ./starts")
                .hasStatus(0);
    }

    Ended ended(String runtime, String name) {
        String id = runtime + "-" + name;
        return ended.computeIfAbsent(
                id,
                key -> new Ended(
                        List.of(id), Integer.parseInt(text(id, "status").strip()), text(id, "out"), text(id, "err")));
    }

    private String text(String id, String stream) {
        try {
            return Files.readString(folder.resolve(id + "." + stream));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
