package profgen.tracer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import profgen.container.EngineKind;
import profgen.recording.Journal;
import profgen.recording.JournalReader;
import profgen.recording.Run;

/**
 * One run, over.
 *
 * @param beside of commands that were run in the same container, each with a tracer of its own
 * @param file the journal's, which stays until {@link #discardJournal}
 * @param folder of its own, made for it in an engine's case, and gone with it
 * @param engine where it really ran
 * @param fallback why it ran on the host although a sandbox was tried first
 */
public record Recorded(
        Journal journal,
        List<Run> beside,
        Path file,
        Optional<Path> folder,
        EngineKind engine,
        Optional<String> fallback) {
    public Recorded {
        beside = List.copyOf(beside);
    }

    /** To be called when the recording is safe. */
    public void discardJournal() {
        try {
            Files.deleteIfExists(file);
            Files.deleteIfExists(JournalReader.logOfStrace(file));
            if (folder.isPresent()) {
                RunFolder.of(folder.get()).remove();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
