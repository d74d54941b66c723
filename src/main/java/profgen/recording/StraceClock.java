package profgen.recording;

import java.util.OptionalLong;
import profgen.recording.StraceLine.Clock;

/** The times of a log of strace, whatever they count from; all in ns. */
final class StraceClock {
    private static final long DAY = 86_400_000_000_000L;

    private long first = -1;
    private boolean sawLine;
    private long elapsed;
    private boolean absolute;

    /** Times since the line before begin anew. */
    void newFile() {
        sawLine = false;
    }

    void read(StraceLine line) {
        if (line.clock() == Clock.NONE) {
            return;
        }
        if (line.clock() == Clock.LINE_BEFORE) {
            elapsed += sawLine ? line.time() : 0;
            sawLine = true;
            return;
        }
        absolute |= line.clock() == Clock.EPOCH;
        first = first < 0 ? line.time() : first;
        long since = line.time() - first;
        elapsed = Math.max(elapsed, since < 0 && line.clock() == Clock.MIDNIGHT ? since + DAY : since);
    }

    /** From the first line to the latest. */
    long elapsed() {
        return elapsed;
    }

    /** Since the epoch; empty if the log has no date. */
    OptionalLong start() {
        return absolute ? OptionalLong.of(first) : OptionalLong.empty();
    }
}
