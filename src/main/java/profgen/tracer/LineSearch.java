package profgen.tracer;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Looks for a line in what a process says, as it comes. One for each of its streams. */
public final class LineSearch {
    private static final int LONGEST_LINE = 1 << 16;

    private final Pattern pattern;
    private final StringBuilder line = new StringBuilder();
    private volatile boolean found;

    public LineSearch(Pattern pattern) {
        this.pattern = pattern;
    }

    public boolean found() {
        return found;
    }

    /** The stream's next bytes. */
    public void accept(byte[] chunk, int length) {
        if (found) {
            return;
        }
        String text = new String(chunk, 0, length, StandardCharsets.ISO_8859_1);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\n') {
                line.append(c);
            }
            if (c == '\n' || line.length() == LONGEST_LINE) {
                byte[] bytes = line.toString().getBytes(StandardCharsets.ISO_8859_1);
                found |= pattern.matcher(new String(bytes, StandardCharsets.UTF_8))
                        .find();
                line.setLength(0);
            }
        }
    }
}
