package profgen.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import profgen.cli.Cli;

/** Every command ends with a result or one of the three kinds of failure, whatever it is given. {@code mvn verify -Pfuzz} runs it. */
class Fuzz {
    private static final Set<Integer> ANSWERS = Set.of(0, 1, 3, 4, 5);
    private static final int MOST_SECONDS = 120;
    private static final int MOST_DEFECTS = 10;
    private static final Path RECORDING = Path.of("testdata/journals/numactl/recording.json");
    private static final Path FOLDER = Path.of("target/fuzz");

    private final long seed = Long.getLong("fuzz.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Mutator mutator = new Mutator(random);
    private final List<String> defects = new ArrayList<>();

    @Test
    void no_damaged_file_makes_profgen_fail_otherwise_than_it_says() throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(Long.getLong("fuzz.minutes", 5));
        Files.createDirectories(FOLDER);
        List<FileKind> kinds = List.of(FileKind.values());
        Map<FileKind, List<Path>> samples = new EnumMap<>(FileKind.class);
        for (FileKind kind : kinds) {
            samples.put(kind, kind.samples());
        }
        System.out.println("fuzz.seed=" + seed);
        int inputs = 0;
        ExecutorService worker = Executors.newSingleThreadExecutor(Fuzz::daemon);
        while (System.nanoTime() < end && defects.size() < MOST_DEFECTS) {
            FileKind kind = kinds.get(random.nextInt(kinds.size()));
            List<Path> sound = Objects.requireNonNull(samples.get(kind));
            if (!once(
                    kind,
                    sound.get(random.nextInt(sound.size())),
                    sound.get(random.nextInt(sound.size())),
                    inputs++,
                    worker)) {
                break;
            }
        }
        worker.shutdownNow();
        System.out.println(inputs + " inputs");
        assertThat(defects).as("fuzz.seed=" + seed).isEmpty();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "fuzz");
        thread.setDaemon(true);
        return thread;
    }

    /** False when the worker hangs. */
    private boolean once(FileKind kind, Path sound, Path other, int number, ExecutorService worker)
            throws IOException, InterruptedException {
        Path file = FOLDER.resolve("input");
        byte[] input = mutator.mutate(Files.readAllBytes(sound), Files.readAllBytes(other));
        Files.write(file, input);
        String command = kind.commands().get(random.nextInt(kind.commands().size()));
        String[] args = command.replace("FILE", file.toString())
                .replace("SOUND", sound.toString())
                .replace("RECORDING", RECORDING.toString())
                .split(" ", -1);
        Future<Cli> run = worker.submit(() -> Cli.run(args));
        String defect;
        try {
            defect = defect(run.get(MOST_SECONDS, TimeUnit.SECONDS));
        } catch (TimeoutException e) {
            defect = "no end within " + MOST_SECONDS + " s";
        } catch (ExecutionException e) {
            defect = String.valueOf(e.getCause());
        }
        if (!defect.isEmpty()) {
            Path kept = FOLDER.resolve("defect-" + number);
            Files.write(kept, input);
            defects.add(command + " of " + sound + ", kept as " + kept + ": " + defect);
            System.out.println(defects.get(defects.size() - 1));
        }
        return !defect.startsWith("no end");
    }

    private static String defect(Cli run) {
        boolean clean = ANSWERS.contains(run.status())
                && run.err().lines().noneMatch(line -> line.startsWith("\tat ") || line.contains("internal error"))
                && !run.err().startsWith("profgen: memory:");
        return clean
                ? ""
                : "status " + run.status() + ": "
                        + run.err().lines().findFirst().orElse("");
    }
}
