package profgen.profile;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import profgen.syscall.KernelVersion;

/** Profiles of every shape that can be written, from a seed. */
final class RandomProfiles {
    private static final long[] EDGES = {
        0, 1, 0x7FFFFFFFL, 0x80000000L, 0xFFFFFFFFL, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE, -1
    };

    private final Random random;

    RandomProfiles(long seed) {
        random = new Random(seed);
    }

    Profile next() {
        boolean map = random.nextBoolean();
        return new Profile(
                maybe(() -> pick(Action.values())),
                maybe(() -> random.nextInt(4096)),
                map ? list(() -> new Profile.ArchMapEntry(text(), list(this::text))) : List.of(),
                map ? List.of() : list(this::text),
                maybe(() -> list(this::text)),
                maybe(this::text),
                maybe(this::text),
                list(this::rule));
    }

    private Rule rule() {
        return new Rule(
                list(this::text),
                pick(Action.values()),
                maybe(() -> random.nextInt(4096)),
                list(this::test),
                condition(),
                condition(),
                random.nextBoolean() ? "" : text());
    }

    private ArgumentTest test() {
        return new ArgumentTest(random.nextInt(6), pick(ArgumentTest.Operator.values()), value(), value());
    }

    private Condition condition() {
        return new Condition(
                list(this::text),
                list(this::text),
                maybe(() -> new KernelVersion(random.nextInt(9), random.nextInt(99))));
    }

    private long value() {
        return random.nextBoolean() ? random.nextLong() : EDGES[random.nextInt(EDGES.length)];
    }

    private String text() {
        String alphabet = "abc_\"\\/\n\t\u0001é\u20ac\uD83D\uDE00 ";
        int[] points = alphabet.codePoints().toArray();
        StringBuilder text = new StringBuilder("n");
        for (int i = random.nextInt(8); i > 0; i--) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }

    private <T> List<T> list(Supplier<T> element) {
        return Stream.generate(element).limit(random.nextInt(4)).toList();
    }

    private <T> @Nullable T maybe(Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
