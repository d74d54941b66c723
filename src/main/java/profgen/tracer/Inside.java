package profgen.tracer;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import profgen.recording.Journal;
import profgen.recording.Ledger;

/** Runs a command in the container of a workload, beside it, without a word. */
@FunctionalInterface
interface Inside {
    /** @param limit then it is killed, and has failed */
    Tried run(List<String> command, Duration limit);

    /**
     * What came of it.
     *
     * @param journal what its own tracer saw; empty if it had none, or did not come to its end: the container's end may come in the midst
     *     of it, and what an earlier one saw stands
     */
    record Tried(boolean succeeded, Optional<Journal> journal) {
        static final Tried FAILED = new Tried(false, Optional.empty());

        static Tried of(Journal journal) {
            Integer status = journal.run().outcome().exitStatus();
            boolean ended = journal.run().ledger().stream()
                    .noneMatch(entry -> entry.kind().equals(Ledger.NO_END));
            return new Tried(
                    journal.failure() == null && status != null && status == 0,
                    Optional.of(journal).filter(one -> ended));
        }
    }
}
