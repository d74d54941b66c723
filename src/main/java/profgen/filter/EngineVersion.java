package profgen.filter;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What follows the third number is not compared: "20.10.24+dfsg1" is 20.10.24; a missing number is 0. */
public record EngineVersion(int major, int minor, int patch) implements Comparable<EngineVersion> {
    private static final Pattern TEXT =
            Pattern.compile("v?(\\d{1,6})(?:\\.(\\d{1,6}))?(?:\\.(\\d{1,6}))?(?:[^0-9.].*)?", Pattern.DOTALL);

    public static Optional<EngineVersion> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(new EngineVersion(number(matcher, 1), number(matcher, 2), number(matcher, 3)));
    }

    private static int number(Matcher matcher, int group) {
        String digits = matcher.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    public boolean isBefore(int otherMajor, int otherMinor, int otherPatch) {
        return compareTo(new EngineVersion(otherMajor, otherMinor, otherPatch)) < 0;
    }

    @Override
    public int compareTo(EngineVersion other) {
        return Comparator.comparingInt(EngineVersion::major)
                .thenComparingInt(EngineVersion::minor)
                .thenComparingInt(EngineVersion::patch)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
