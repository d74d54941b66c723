package profgen.diff;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** One difference in meaning between two sides, A (before) and B (after). */
public sealed interface Change extends Comparable<Change> permits CallChange, AbiChange, RecordedChange, ProfileChange {
    Comparator<Change> ORDER = Comparator.comparing(Change::subject)
            .thenComparing(Change::kind)
            .thenComparing(Change::detail)
            .thenComparing(change -> change.where().toString())
            .thenComparing(change -> change.witness().map(Witness::toString).orElse(""));

    /** Stable, kebab-case: {@code gate-lifted}. */
    String kind();

    /** What it is about: a call, an ABI, an executable. */
    String subject();

    Direction direction();

    /** More is possible with B than with A. */
    default boolean loosens() {
        return direction() == Direction.LOOSENED;
    }

    /** What changed, without the subject: {@code errno 1 (EPERM) -> allow}. */
    String detail();

    /** A whole sentence without a full stop. */
    String inWords();

    /** Where it is so: ABIs and how the host differs, or the run in which it was seen. */
    List<String> where();

    /** Where in a profile's file it is seen; empty for nowhere. */
    default String path(ProfileText text) {
        return text.ofCall(subject());
    }

    /** A call that shows it; of two profiles there always is one, and they decide differently about it. */
    Optional<Witness> witness();

    @Override
    default int compareTo(Change other) {
        return ORDER.compare(this, other);
    }
}
