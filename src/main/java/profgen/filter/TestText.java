package profgen.filter;

import java.util.List;
import java.util.stream.Collectors;
import profgen.profile.ArgumentTest;

/** Argument tests in the notation of C: {@code a0 & 0x7e020000 == 0}. */
public final class TestText {
    private TestText() {}

    /** All must hold; {@code any arguments} without a test. */
    public static String of(List<ArgumentTest> tests) {
        return tests.isEmpty()
                ? "any arguments"
                : tests.stream()
                        .map(test -> "a" + test.index() + " " + of(test))
                        .collect(Collectors.joining(" and "));
    }

    /** Without the argument's name: {@code == 40}, {@code & 0x7e020000 == 0}. */
    static String of(ArgumentTest test) {
        String value = Long.toUnsignedString(test.value());
        return switch (test.operator()) {
            case NE -> "!= " + value;
            case LT -> "< " + value;
            case LE -> "<= " + value;
            case EQ -> "== " + value;
            case GE -> ">= " + value;
            case GT -> "> " + value;
            case MASKED_EQ -> "& 0x" + Long.toHexString(test.value()) + " == " + datum(test.valueTwo());
        };
    }

    private static String datum(long value) {
        return value == 0 ? "0" : "0x" + Long.toHexString(value);
    }
}
