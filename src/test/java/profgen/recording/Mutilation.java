package profgen.recording;

import java.util.Random;

/** Cuts, deletes, repeats and replaces pieces of a text, the same for the same seed. */
final class Mutilation {
    private static final String PIECES = "{}[]\",:-019eE.\\ \u0000\u00fc\n";

    private final Random random;

    Mutilation(long seed) {
        random = new Random(seed);
    }

    String of(String text) {
        StringBuilder out = new StringBuilder(text);
        for (int changes = 1 + random.nextInt(3); changes > 0 && !out.isEmpty(); changes--) {
            int from = random.nextInt(out.length());
            int to = Math.min(out.length(), from + 1 + random.nextInt(10));
            switch (random.nextInt(5)) {
                case 0 -> out.delete(random.nextInt(out.length()), out.length());
                case 1 -> out.delete(from, to);
                case 2 -> out.insert(from, out.substring(from, to));
                default -> out.setCharAt(from, PIECES.charAt(random.nextInt(PIECES.length())));
            }
        }
        return out.toString();
    }
}
