package profgen.profile;

import java.util.Locale;

/** Text from a file or a process, for a line of a report: it can neither end the line nor move a terminal's cursor. */
public final class Printable {
    private Printable() {}

    /** Control and formatting characters as {@code \}{@code u001b}. */
    public static String of(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (isHidden(Character.getType(point))) {
                out.append(String.format(Locale.ROOT, "\\u%04x", point));
            } else {
                out.appendCodePoint(point);
            }
        });
        return out.toString();
    }

    private static boolean isHidden(int type) {
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
