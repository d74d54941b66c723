package profgen.diff;

import java.util.List;
import java.util.stream.Collectors;
import profgen.filter.Region;
import profgen.filter.TestText;
import profgen.profile.ArgumentTest;
import profgen.syscall.Abi;
import profgen.syscall.ArgumentWidths;
import profgen.syscall.Symbols;

/** A region of arguments in words, as far as that is short. */
public final class ArgumentText {
    /** More alternatives than these nobody reads; the witness stands for them. */
    private static final int MOST = 4;

    private static final long LOW = 0xFFFFFFFFL;

    private ArgumentText() {}

    /** {@code a0 == AF_VSOCK}; empty for every argument. */
    public static String of(String call, Region region) {
        if (region.isAll()) {
            return "";
        }
        return region.alternatives(MOST)
                .map(alternatives -> text(call, alternatives))
                .or(() -> region.complement().alternatives(MOST).map(rest -> "not " + text(call, rest)))
                .orElse("some arguments");
    }

    private static String text(String call, List<List<ArgumentTest>> alternatives) {
        return alternatives.stream()
                .map(tests -> tests.stream().map(test -> text(call, test)).collect(Collectors.joining(" and ")))
                .collect(Collectors.joining(" or "));
    }

    private static String text(String call, ArgumentTest test) {
        boolean isInt = ArgumentWidths.bits(Abi.X86_64, call, test.index()) == Integer.SIZE;
        boolean masked = test.operator() == ArgumentTest.Operator.MASKED_EQ;
        long whole = isInt ? LOW : -1L;
        if (masked ? test.value() != whole : isInt) {
            return TestText.of(List.of(test));
        }
        return "a" + test.index() + " == "
                + Symbols.render(call, test.index(), masked ? test.valueTwo() : test.value());
    }
}
