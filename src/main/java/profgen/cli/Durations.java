package profgen.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time as people write it: {@code 30s}, {@code 1h30m}, {@code 500ms}; not zero, and at most a year. */
final class Durations implements ITypeConverter<Duration> {
    private static final Pattern PARTS =
            Pattern.compile("(?:([0-9]{1,4})h)?(?:([0-9]{1,6})m)?(?:([0-9]{1,8})s)?(?:([0-9]{1,9})ms)?");

    @Override
    public Duration convert(String text) {
        Matcher parts = PARTS.matcher(text);
        Duration time = parts.matches()
                ? Duration.ofHours(number(parts.group(1)))
                        .plusMinutes(number(parts.group(2)))
                        .plusSeconds(number(parts.group(3)))
                        .plusMillis(number(parts.group(4)))
                : Duration.ZERO;
        if (time.isZero() || time.toDays() > 365) {
            throw new TypeConversionException("expected a time, e.g. 30s, 5m, 1h30m, 500ms, found \"" + text + "\"");
        }
        return time;
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
