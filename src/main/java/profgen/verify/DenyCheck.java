package profgen.verify;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import profgen.filter.Decision;
import profgen.filter.Filter;
import profgen.filter.Outcome;
import profgen.filter.Resolver;
import profgen.profile.Action;
import profgen.profile.Profile;
import profgen.syscall.Errno;
import profgen.tracer.FilteredRun;

/** Makes calls in the container, and compares what they answer with the decision of the profile, and with the answer without it. */
final class DenyCheck {
    private static final int SIGSYS = 128 + 31;
    /** One call, and the start of a container for it. */
    private static final Duration MOST = Duration.ofSeconds(20);

    private final Place place;
    private final Profile profile;
    private final Filter filter;
    private final Duration limit;
    private final BooleanSupplier endWanted;

    DenyCheck(Place place, Profile profile, Duration limit, BooleanSupplier endWanted) {
        this.place = place;
        this.profile = profile;
        this.filter = Resolver.resolve(profile, place.host());
        this.endWanted = endWanted;
        this.limit = limit.compareTo(MOST) < 0 ? limit : MOST;
    }

    DenyProof of(AskedDenial asked) {
        Decision decision = filter.decide(asked.abi(), asked.number(), asked.values());
        String by = ", " + decision.ruling().inWords();
        if (decision.outcome().allows()) {
            String tried = asked.isDangerous(place.isContainer())
                    ? "; not tried, since it acts on the machine"
                    : "; in " + place.inWords() + " it " + answer(run(asked, profile));
            return new DenyProof(asked, decision, false, "the profile allows it" + by + tried);
        }
        Attempt attempt = run(asked, profile);
        if (!isAsDecided(attempt, decision.outcome())) {
            String evidence = "the profile says " + decision.outcome().inWords() + by + ", but in " + place.inWords()
                    + " it " + answer(attempt);
            return new DenyProof(asked, decision, false, evidence);
        }
        return new DenyProof(asked, decision, true, answer(attempt) + by + contrast(asked, attempt));
    }

    /** What it answers without the filter: another answer shows that it was the filter's. */
    private String contrast(AskedDenial asked, Attempt refused) {
        boolean seen = refused.denials().stream()
                .anyMatch(denial -> denial.id().number() == asked.number()
                        && denial.id().abi().equals(asked.abi().label()));
        if (asked.isDangerous(place.isContainer())) {
            return seen ? "; the filter's answer was seen" : "; not tried without the profile";
        }
        Attempt free = run(asked, null);
        String without = "; without the profile it " + answer(free);
        if (free.status() != refused.status()) {
            return without;
        }
        return without + " too" + (seen ? ", but here the filter's answer was seen" : "");
    }

    private Attempt run(AskedDenial asked, @Nullable Profile under) {
        List<String> command = new ArrayList<>(place.tracer());
        command.addAll(asked.command());
        return place.run(Trial.of(command, under, limit, endWanted));
    }

    private static boolean isAsDecided(Attempt attempt, Outcome outcome) {
        if (attempt.end() != Attempt.End.ENDED) {
            return false;
        }
        return switch (outcome.action()) {
            case ERRNO -> FilteredRun.answerOfTry(attempt.status()).equals(Optional.of(outcome.data()));
            case TRACE, NOTIFY -> FilteredRun.answerOfTry(attempt.status()).equals(Optional.of(Outcome.ENOSYS));
            default -> outcome.action() != Action.ALLOW && attempt.status() == SIGSYS;
        };
    }

    private static String answer(Attempt attempt) {
        Optional<Integer> errno = FilteredRun.answerOfTry(attempt.status());
        if (attempt.end() != Attempt.End.ENDED || errno.isEmpty()) {
            return attempt.inWords();
        }
        return errno.get() == 0 ? "succeeded" : "answered " + Errno.name(errno.get());
    }
}
