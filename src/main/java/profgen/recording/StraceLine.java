package profgen.recording;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of a log of strace, whatever stands before the call itself ({@code -f}, {@code -t}, {@code -r}, {@code -n}, {@code -i}, {@code -Y}).
 *
 * @param pid 0 if the line has none
 * @param time in ns, as it is written: since the epoch, since midnight or since the line before; -1 if there is none
 * @param number as {@code --syscall-number} writes it; -1 without
 * @param body what happened
 */
record StraceLine(int pid, Clock clock, long time, int number, String body) {
    private static final Pattern PID =
            Pattern.compile("(?:\\[pid +(\\d{1,9})(?:<[^>]*>)?\\] |(\\d{1,9})(?:<[^>]*>)? +)(.*)", Pattern.DOTALL);
    private static final Pattern TIME = Pattern.compile(
            " *(?:(\\d\\d):(\\d\\d):(\\d\\d)(?:\\.(\\d{1,9}))?|(\\d{1,10})\\.(\\d{1,9}))(?: +\\(\\+ +[0-9.]+\\))? +(.*)",
            Pattern.DOTALL);
    private static final Pattern PLACE = Pattern.compile(
            "(?:\\[ *(0x[0-9a-f]{1,8}|\\d{1,10})\\] )?(?:\\[(?:[0-9a-f]{8,16}|\\?+)\\] )?(.*)", Pattern.DOTALL);
    /** Times of -r are small. */
    private static final long EPOCH = 100_000_000;

    private static final long SECOND = 1_000_000_000;

    /** What a time counts from. */
    enum Clock {
        NONE,
        EPOCH,
        MIDNIGHT,
        LINE_BEFORE
    }

    static StraceLine parse(String line) {
        Matcher withPid = PID.matcher(line);
        int pid = 0;
        String rest = line;
        if (withPid.matches()) {
            pid = Integer.parseInt(Optional.ofNullable(withPid.group(1)).orElse(withPid.group(2)));
            rest = withPid.group(3);
        }
        Matcher timed = TIME.matcher(rest);
        Clock clock = Clock.NONE;
        long time = -1;
        if (timed.matches()) {
            clock = timed.group(1) != null ? Clock.MIDNIGHT : clock(Long.parseLong(timed.group(5)));
            time = timed.group(1) != null ? sinceMidnight(timed) : ns(Long.parseLong(timed.group(5)), timed.group(6));
            rest = timed.group(7);
        }
        Matcher place = PLACE.matcher(rest);
        if (!place.matches()) {
            return new StraceLine(pid, clock, time, -1, rest);
        }
        int number = place.group(1) == null ? -1 : Long.decode(place.group(1)).intValue();
        return new StraceLine(pid, clock, time, number, place.group(2).strip());
    }

    private static Clock clock(long seconds) {
        return seconds >= EPOCH ? Clock.EPOCH : Clock.LINE_BEFORE;
    }

    private static long sinceMidnight(Matcher time) {
        long hours = Long.parseLong(time.group(1));
        long minutes = hours * 60 + Long.parseLong(time.group(2));
        return ns(
                minutes * 60 + Long.parseLong(time.group(3)),
                Optional.ofNullable(time.group(4)).orElse("0"));
    }

    private static long ns(long seconds, String fraction) {
        return seconds * SECOND + Long.parseLong((fraction + "000000000").substring(0, 9));
    }
}
