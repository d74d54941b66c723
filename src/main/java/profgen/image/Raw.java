package profgen.image;

import java.nio.charset.StandardCharsets;

/** Names in archives are bytes: inside this package they are strings of one character for each byte, so that any bytes survive. */
final class Raw {
    private static final int SHOWN = 200;

    private Raw() {}

    static String of(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static String ofUtf8(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] bytes(String raw) {
        return raw.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** For the kernel: with a zero byte at the end. */
    static byte[] terminated(String raw) {
        return bytes(raw + '\0');
    }

    /** For a message: in quotes, one line, of a bearable length. */
    static String shown(String raw) {
        return quoted(new String(bytes(raw), StandardCharsets.UTF_8));
    }

    static String quoted(String text) {
        return '"' + line(text) + '"';
    }

    static String line(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "?");
        return line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line;
    }
}
