package profgen.render;

/** Text that YAML 1.1 and 1.2 read back as this string, whatever it looks like. */
final class Yaml {
    private Yaml() {}

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
