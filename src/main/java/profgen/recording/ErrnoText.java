package profgen.recording;

import java.util.Optional;
import java.util.OptionalInt;

/** Error numbers as keys of a recording: EPERM, or {@code errno 4711} for one without a name. */
final class ErrnoText {
    private static final String UNNAMED = "errno ";

    private ErrnoText() {}

    static String of(int number) {
        return Tables.errno(number);
    }

    static OptionalInt parse(String text) {
        Optional<Integer> named = Tables.errno(text);
        if (named.isPresent()) {
            return OptionalInt.of(named.get());
        }
        String digits = text.startsWith(UNNAMED) ? text.substring(UNNAMED.length()) : "";
        return digits.matches("[1-9][0-9]{0,8}") ? OptionalInt.of(Integer.parseInt(digits)) : OptionalInt.empty();
    }
}
