package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import profgen.cli.Cli;
import profgen.recording.RecordingReader;
import profgen.recording.Run;

/**
 * The programs of src/lab/corpus.tsv, recorded in the LoongArch machine.
 *
 * @param words each program's command, as a shell's words
 */
record LoongCorpus(Path folder, Path tracer, Map<String, String> words) {
    private static final Duration LIMIT = Duration.ofMinutes(6);

    static LoongCorpus record(LoongMachine machine, Path folder) throws IOException {
        LoongCorpus corpus = new LoongCorpus(folder.resolve("recorded"), machine.tracer("loongarch64"), read());
        machine.start(
                        corpus.folder,
                        LIMIT,
                        LoongMachine.TWO_NODES,
                        corpus.files(),
                        "for container in sandbox crun; do"
                                + " ./record-corpus /job/profgen-tracer /out/$container $container || exit; done")
                .hasStatus(0);
        return corpus;
    }

    /** What the machine needs in /job to run, or record, the programs. */
    List<Path> files() {
        return List.of(
                tracer.resolve("profgen-tracer"),
                tracer.resolve("workloads"),
                LoongMachine.script("contain"),
                LoongMachine.script("corpus.tsv"),
                LoongMachine.script("corpus.py"),
                LoongMachine.script("record-corpus"));
    }

    List<String> programs() {
        return List.copyOf(words.keySet());
    }

    Run run(String container, String program) {
        return RecordingReader.read(recording(container, program)).runs().get(0);
    }

    /** Made of the journal that came out of the machine. */
    Path recording(String container, String program) {
        Path file = folder.resolve(container + "-" + program + ".json");
        if (!Files.exists(file)) {
            Path journal = folder.resolve(container).resolve(program + ".journal");
            Cli recovered = Cli.run("recover", journal.toString(), "-o", file.toString());
            assertThat(recovered.status()).as("%s", recovered).isZero();
        }
        return file;
    }

    /** What the program printed. */
    String output(String container, String program) {
        try {
            return Files.readString(folder.resolve(container).resolve(program + ".out"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> read() throws IOException {
        Map<String, String> words = new TreeMap<>();
        for (String line : Files.readAllLines(LoongMachine.script("corpus.tsv"))) {
            if (!line.startsWith("#")) {
                words.put(line.substring(0, line.indexOf('\t')), line.substring(line.indexOf('\t') + 1));
            }
        }
        return words;
    }
}
