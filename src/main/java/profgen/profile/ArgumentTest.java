package profgen.profile;

/**
 * A comparison of one argument, on all 64 bits and unsigned.
 *
 * @param index 0 to 5
 * @param value the datum; for MASKED_EQ the mask
 * @param valueTwo for MASKED_EQ the datum, otherwise 0
 */
public record ArgumentTest(int index, Operator operator, long value, long valueTwo) {
    public ArgumentTest {
        if (index < 0 || index > 5) {
            throw new IllegalArgumentException("argument index " + index + ": expected 0 to 5");
        }
    }

    /** What an int argument needs: the kernel ignores the upper half of the register, a filter does not. */
    public static ArgumentTest equalInt(int index, int datum) {
        return new ArgumentTest(index, Operator.MASKED_EQ, 0xFFFFFFFFL, Integer.toUnsignedLong(datum));
    }

    public static ArgumentTest masked(int index, long mask, long datum) {
        return new ArgumentTest(index, Operator.MASKED_EQ, mask, datum);
    }

    public boolean matches(long argument) {
        return switch (operator) {
            case NE -> argument != value;
            case LT -> Long.compareUnsigned(argument, value) < 0;
            case LE -> Long.compareUnsigned(argument, value) <= 0;
            case EQ -> argument == value;
            case GE -> Long.compareUnsigned(argument, value) >= 0;
            case GT -> Long.compareUnsigned(argument, value) > 0;
            case MASKED_EQ -> (argument & value) == valueTwo;
        };
    }

    /** SCMP_CMP_*. */
    public enum Operator {
        NE,
        LT,
        LE,
        EQ,
        GE,
        GT,
        MASKED_EQ;

        public String scmpName() {
            return "SCMP_CMP_" + name();
        }
    }
}
