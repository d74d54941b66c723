package profgen.diff;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import profgen.filter.Outcome;

/**
 * A recording and a profile that do not fit.
 *
 * @param needed the recording has it and the profile does not allow it; else the profile allows it and the recording has not got it
 * @param recordingFirst the recording is A; else B
 * @param answer what the profile does
 * @param arguments which, in words; empty for all of them
 * @param places where, in words
 * @param callSeen null for a call that has no number here
 */
public record ProfileChange(
        boolean needed,
        boolean recordingFirst,
        String call,
        @Nullable Outcome answer,
        String arguments,
        List<String> places,
        @Nullable Witness callSeen)
        implements Change {
    public ProfileChange {
        places = places.stream().sorted().distinct().toList();
    }

    ProfileChange at(List<String> where) {
        return new ProfileChange(needed, recordingFirst, call, answer, arguments, where, callSeen);
    }

    @Override
    public String kind() {
        return needed ? "recorded-but-denied" : "allowed-but-not-recorded";
    }

    @Override
    public String subject() {
        return call;
    }

    @Override
    public Direction direction() {
        return needed == recordingFirst ? Direction.TIGHTENED : Direction.LOOSENED;
    }

    @Override
    public String detail() {
        String profile = answer == null ? "denied" : answer.inWords();
        String recording = needed ? "recorded" : "not recorded";
        String values = arguments.isEmpty() ? "" : " for " + arguments;
        return (recordingFirst ? recording + " -> " + profile : profile + " -> " + recording) + values;
    }

    @Override
    public String inWords() {
        String values = arguments.isEmpty() ? "" : " for " + arguments;
        String profile = answer == null ? "denied" : answer.inWords();
        return call
                + values
                + (needed ? " was recorded, and the profile answers " + profile : " is allowed, and was not recorded");
    }

    @Override
    public List<String> where() {
        return places;
    }

    @Override
    public Optional<Witness> witness() {
        return Optional.ofNullable(callSeen);
    }
}
