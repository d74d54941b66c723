package profgen.render;

import java.util.regex.Pattern;

/** Text that YAML 1.1 and 1.2 read back as this string, whatever it looks like. */
final class Yaml {
    /** Also bare these are text in every version: all but what YAML 1.1 takes for a truth value or nothing. */
    private static final Pattern WORD =
            Pattern.compile("(?!(?i:y|n|yes|no|on|off|true|false|null)$)[A-Za-z_][A-Za-z0-9_]*");

    private Yaml() {}

    /** Without quotes where they are not needed. */
    static String text(String text) {
        return WORD.matcher(text).matches() ? text : quoted(text);
    }

    /** In double quotes; what is not printable ASCII is escaped. */
    static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(point -> {
            if (point == '"' || point == '\\') {
                out.append('\\').appendCodePoint(point);
            } else if (point >= 0x20 && point < 0x7F) {
                out.appendCodePoint(point);
            } else {
                out.append(String.format("\\U%08x", point));
            }
        });
        return out.append('"').toString();
    }
}
