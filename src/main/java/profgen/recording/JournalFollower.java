package profgen.recording;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import profgen.BadInputException;

/** Tells how far a run is from the bytes of its growing journal, fed as they come; whoever feeds it does the waiting. */
public final class JournalFollower {
    private final LineSplitter lines = new LineSplitter(this::line);
    private final Set<CallId> distinct = new HashSet<>();
    private long elapsedNs;
    private long processes;
    private boolean ended;
    private @Nullable Phase phase;

    /**
     * How far a run is.
     *
     * @param elapsedNs since its start, as of the latest line
     * @param processes that there have been so far
     * @param distinctCalls different calls so far, each counted once for all executables
     */
    public record Progress(long elapsedNs, long processes, int distinctCalls) {}

    /** The next bytes of the journal, cut anywhere. */
    public void accept(byte[] bytes) {
        accept(bytes, bytes.length);
    }

    public void accept(byte[] bytes, int length) {
        lines.accept(bytes, length);
    }

    public Progress progress() {
        return new Progress(elapsedNs, processes, distinct.size());
    }

    /** The latest that has begun; empty before the first. */
    public Optional<Phase> phase() {
        return Optional.ofNullable(phase);
    }

    /** The journal's last line has come: the run is over. */
    public boolean hasEnded() {
        return ended;
    }

    private void line(byte[] bytes) {
        try {
            take(JournalLine.parse(bytes, "journal"));
        } catch (BadInputException | IllegalArgumentException e) {
            /* Progress only: the reader that makes the run says what is wrong with a line. */
        }
    }

    private void take(JournalLine line) {
        switch (line.type()) {
            case "call" -> distinct.add(line.callId());
            case "phase" -> phase = line.phase();
            case "progress" -> processes = line.count("processes");
            case "end" -> {
                processes = line.count("processes");
                ended = true;
            }
            default -> {}
        }
        line.value().find("ns").ifPresent(ns -> elapsedNs = Math.max(elapsedNs, ns.count()));
    }
}
