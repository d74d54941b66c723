package profgen.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages texts byte by byte and word by word, the same for the same random numbers. */
final class Mutator {
    private static final List<String> WORDS = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "null",
            "true",
            "-1",
            "0",
            "64",
            "4294967295",
            "18446744073709551615",
            "18446744073709551616",
            "1e999",
            "9".repeat(200),
            "\"\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "// x\n",
            "/* ",
            "\"names\":[\"clone\"],",
            "\"args\":[],",
            "\"SCMP_ACT_ALLOW\"",
            "\"SCMP_ACT_NOTIFY\"",
            "\"SCMP_ARCH_X32\"",
            "\"SCMP_CMP_GE\"",
            "\"SCMP_CMP_MASKED_EQ\"",
            "\"index\":5,",
            "\"index\":6,",
            "\"errnoRet\":70000,",
            "\"minKernel\":\"4.8\",",
            "\"socketcall\"",
            "\"caps\":[\"CAP_BPF\"]",
            "\n",
            "\u00ff\u00fe",
            "[".repeat(5000),
            "{\"a\":".repeat(3000),
            "{\"t\":\"end\",\"ns\":1}\n",
            "{\"t\":\"start\",\"journal\":1}\n",
            "allow-beyond bpf\n");

    private final Random random;

    Mutator(Random random) {
        this.random = random;
    }

    /** @param other a piece of it may come into the text */
    byte[] mutate(byte[] text, byte[] other) {
        byte[] result = text;
        for (int changes = 1 + random.nextInt(6); changes > 0; changes--) {
            result = once(result, other);
        }
        return result;
    }

    private byte[] once(byte[] text, byte[] other) {
        int from = random.nextInt(text.length + 1);
        int to = Math.min(text.length, from + 1 + random.nextInt(random.nextBoolean() ? 8 : 400));
        byte[] word = WORDS.get(random.nextInt(WORDS.size())).getBytes(StandardCharsets.ISO_8859_1);
        byte[] some = new byte[1 + random.nextInt(12)];
        random.nextBytes(some);
        return switch (random.nextInt(9)) {
            case 0 -> Arrays.copyOf(text, from);
            case 1 -> splice(text, from, to, new byte[0]);
            case 2 -> splice(text, to, to, Arrays.copyOfRange(text, from, to));
            case 3 -> splice(text, from, from, some);
            case 4 -> splice(text, from, Math.min(text.length, from + some.length), some);
            case 5 -> splice(text, from, to, piece(other));
            case 6 -> splice(text, from, Math.min(text.length, from + 1), word);
            default -> splice(text, from, from, word);
        };
    }

    private byte[] piece(byte[] other) {
        int from = random.nextInt(other.length + 1);
        return Arrays.copyOfRange(other, from, Math.min(other.length, from + 1 + random.nextInt(300)));
    }

    private static byte[] splice(byte[] text, int from, int to, byte[] inserted) {
        byte[] result = Arrays.copyOf(text, from + inserted.length + text.length - to);
        System.arraycopy(inserted, 0, result, from, inserted.length);
        System.arraycopy(text, to, result, from + inserted.length, text.length - to);
        return result;
    }
}
