package profgen.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import profgen.BadInputException;
import profgen.HostException;
import profgen.container.EngineKind;
import profgen.profile.Profile;
import profgen.tracer.Course;
import profgen.verify.Mender;
import profgen.verify.Oracle;
import profgen.verify.Place;
import profgen.verify.Scratch;
import profgen.verify.Task;
import profgen.verify.Verification;
import profgen.verify.Verifier;

/** {@code record --verify}: whether what was recorded works under the profile that was made of it, as it did when it was recorded. */
final class RecordVerification {
    private static final int RUNS = 5;
    private static final Duration LEAST = Duration.ofSeconds(60);
    /** A start of a container, and a busy machine. */
    private static final long TIMES_LONGER = 10;

    private RecordVerification() {}

    /**
     * The user may want its end, which is heeded soon.
     *
     * @param course as it was recorded
     */
    static Verified of(RecordResult result, Course course, Ending ending, WorkLine line) {
        ending.countRequests();
        try (Scratch scratch = new Scratch()) {
            Subject subject = Places.adding(recorded(result), result.generated().capAdd());
            Place place = Places.of(subject, scratch);
            Oracle oracle =
                    new Oracle(course.endsOnPurpose() ? new TreeSet<>() : new TreeSet<>(result.statuses()), null);
            Course same = result.subject().course(course);
            Task task = new Task(subject.command(), RUNS, limit(result), same, oracle, List.of(), ending::isWanted);
            Profile profile = result.generated().profile();
            Verification verification = new Verifier(place, task, line::show).verify(profile);
            Mender mender = new Mender(place.host(), List.of(), subject.command());
            FixedProfile unchanged = new FixedProfile(
                    profile,
                    verification,
                    verification,
                    List.of(),
                    mender.mend(profile, verification),
                    Optional.empty());
            return new Verified(
                    new VerifyReport(result.outputs().profile().name(), place, unchanged, RUNS), null, false);
        } catch (CancellationException e) {
            return new Verified(null, null, true);
        } catch (HostException | BadInputException e) {
            return new Verified(null, e, false);
        } finally {
            line.clear();
        }
    }

    /** Where it was recorded in the end. */
    private static Subject recorded(RecordResult result) {
        boolean onHost = result.runs().get(0).provenance().engine().equals(EngineKind.HOST.label());
        Subject subject = result.subject() instanceof BasedSubject based ? based.here() : result.subject();
        return onHost && subject instanceof Subject.Here here
                ? new Subject.Here(here.workload(), EngineKind.HOST)
                : subject;
    }

    private static Duration limit(RecordResult result) {
        Duration longer = Duration.ofNanos(result.durationNs().orElse(0)).multipliedBy(TIMES_LONGER);
        return longer.compareTo(LEAST) > 0 ? longer : LEAST;
    }
}
