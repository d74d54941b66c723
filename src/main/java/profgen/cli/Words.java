package profgen.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import profgen.profile.Printable;

/** Small wordings that several commands share. */
final class Words {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private static final int LABEL = 11;

    private Words() {}

    /** {@code 1 process}, {@code 3 processes}. */
    static String count(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    static String seconds(long nanoseconds) {
        return BigDecimal.valueOf(nanoseconds, 9).setScale(2, RoundingMode.HALF_UP) + " s";
    }

    /** A line of a summary: what it is about, and what is said of it from a fixed column on, harmless to a terminal. */
    static String labelled(String label, String text) {
        return label + " ".repeat(Math.max(0, LABEL - label.length())) + Printable.of(text);
    }

    /** A command line that a shell reads back as these words. */
    static String shell(List<String> words) {
        return words.stream().map(Words::quote).collect(Collectors.joining(" "));
    }

    private static String quote(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
