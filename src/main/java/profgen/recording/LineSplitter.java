package profgen.recording;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/** Cuts a stream of bytes into lines, however it is chopped; a line beyond the limit is passed on cut short, so as not to parse. */
final class LineSplitter {
    /** Above the longest command line that the kernel takes by default (2 MiB), each byte written as four characters and escaped. */
    private static final int MAX_LINE = 12 << 20;

    private final Consumer<byte[]> lines;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

    LineSplitter(Consumer<byte[]> lines) {
        this.lines = lines;
    }

    void accept(byte[] bytes, int length) {
        int begin = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                append(bytes, begin, i);
                lines.accept(pending.toByteArray());
                pending.reset();
                begin = i + 1;
            }
        }
        append(bytes, begin, length);
    }

    private void append(byte[] bytes, int begin, int end) {
        pending.write(bytes, begin, Math.min(end - begin, MAX_LINE - pending.size()));
    }

    /** Whether the last line has no end yet. */
    boolean isTorn() {
        return pending.size() > 0;
    }
}
