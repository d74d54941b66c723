package profgen.syscall;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Known names near a misspelt one. */
final class NearestNames {
    private static final int MOST = 3;

    private NearestNames() {}

    static List<String> of(String wrong, Collection<String> known) {
        String name = wrong.strip().toLowerCase(Locale.ROOT);
        // A third of the letters may be wrong: beyond that a suggestion is noise.
        int limit = Math.max(1, name.length() / 3);
        return known.stream()
                .map(candidate -> new Scored(candidate, distance(name, candidate, limit)))
                .filter(scored -> scored.distance <= limit)
                .sorted(Comparator.comparingInt(Scored::distance).thenComparing(Scored::name))
                .limit(MOST)
                .map(Scored::name)
                .toList();
    }

    private record Scored(String name, int distance) {}

    /** Edits between the two; a call's other version (pread for pread64, umount for umount2, fstatat for newfstatat) is one. */
    private static int distance(String name, String candidate, int limit) {
        if (name.length() > 3 && (candidate.startsWith(name) || candidate.endsWith(name))) {
            return 1;
        }
        int longer = Math.abs(name.length() - candidate.length());
        return longer > limit ? longer : edits(name, candidate);
    }

    /** Insertions, deletions, replacements and swaps of neighbours. */
    private static int edits(String a, String b) {
        int[][] least = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                least[i][j] = i == 0 || j == 0 ? i + j : step(least, a, b, i, j);
            }
        }
        return least[a.length()][b.length()];
    }

    private static int step(int[][] least, String a, String b, int i, int j) {
        int replaced = least[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, Math.min(least[i - 1][j], least[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, least[i - 2][j - 2] + 1) : best;
    }
}
