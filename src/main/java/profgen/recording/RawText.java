package profgen.recording;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Bytes as text and back without loss: what is not UTF-8 becomes lone surrogates U+DC80 to U+DCFF, which no UTF-8 text contains. A JVM in
 * the C locale can neither read nor pass arbitrary arguments, so they are carried in this way and handed on percent-encoded.
 */
public final class RawText {
    private static final int ESCAPE = 0xDC00;

    private RawText() {}

    public static String decode(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            if (result.isUnderflow()) {
                return out.flip().toString();
            }
            for (int i = 0; i < result.length(); i++) {
                out.put((char) (ESCAPE | (in.get() & 0xFF)));
            }
            decoder.reset();
        }
    }

    public static byte[] encode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        text.codePoints().forEach(point -> {
            if (point >= ESCAPE + 0x80 && point <= ESCAPE + 0xFF) {
                bytes.write(point - ESCAPE);
            } else {
                bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
            }
        });
        return bytes.toByteArray();
    }

    /** As in journals and recordings, and for a person: a byte that is not UTF-8 as the four characters {@code \xNN}. */
    public static String printable(String text) {
        StringBuilder result = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (point >= ESCAPE + 0x80 && point <= ESCAPE + 0xFF) {
                result.append(String.format("\\x%02x", point - ESCAPE));
            } else {
                result.appendCodePoint(point);
            }
        });
        return result.toString();
    }

    /** A line for {@code sh -c} that a JVM of any locale can pass: the same, if it is of ASCII's letters alone. */
    public static String shellLine(String line) {
        if (line.codePoints().allMatch(point -> point < 0x80)) {
            return line;
        }
        StringBuilder octal = new StringBuilder();
        for (byte b : encode(line)) {
            octal.append(String.format("\\%03o", b & 0xFF));
        }
        return "eval \"$(printf '" + octal + "')\"";
    }

    /** As profgen-tracer takes names and arguments: every byte but the visible ASCII characters, and the percent sign, as %HH. */
    public static String percent(String text) {
        StringBuilder result = new StringBuilder();
        for (byte b : encode(text)) {
            if (b > 0x20 && b < 0x7F && b != '%') {
                result.append((char) b);
            } else {
                result.append(String.format("%%%02X", b & 0xFF));
            }
        }
        return result.toString();
    }
}
