package profgen.container;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Names that a mistyped one may have meant. */
final class Spelling {
    private static final int HOW_MANY = 3;

    private Spelling() {}

    /** Nearest first, at most three; case and a prefix CAP_ do not count. */
    static List<String> nearest(String text, Collection<String> names) {
        String upper = text.toUpperCase(Locale.ROOT).replaceFirst("^CAP_", "");
        return names.stream()
                .sorted(Comparator.<String>comparingInt(name -> distance(upper, name))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(HOW_MANY)
                .toList();
    }

    /** How many characters to insert, delete or change. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
