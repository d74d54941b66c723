package profgen.capability;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The five sets of a thread, as masks: capabilities newer than {@link Capability} stay in them.
 *
 * @param known how many capabilities the thread's kernel has
 */
public record ProcessCapabilities(
        int known, long inheritable, long permitted, long effective, long bounding, long ambient) {
    private static final int EFFECTIVE = 1;
    private static final int PERMITTED = 2;
    private static final int INHERITABLE = 4;

    /** The sets, the outermost first. */
    public Map<String, Long> byName() {
        Map<String, Long> sets = new LinkedHashMap<>();
        sets.put("bounding", bounding);
        sets.put("permitted", permitted);
        sets.put("effective", effective);
        sets.put("inheritable", inheritable);
        sets.put("ambient", ambient);
        return sets;
    }

    /** As {@code capsh --print} lists a set: {@code cap_chown,cap_kill}; a capability without a name here is its number. */
    public static String names(long mask) {
        return IntStream.range(0, Long.SIZE)
                .filter(number -> (mask >>> number & 1) != 0)
                .mapToObj(ProcessCapabilities::name)
                .collect(Collectors.joining(","));
    }

    private static String name(int number) {
        Capability[] all = Capability.values();
        return number < all.length ? all[number].name().toLowerCase(Locale.ROOT) : Integer.toString(number);
    }

    /**
     * The effective, inheritable and permitted set as {@code getpcaps} prints them, {@code =ep cap_sys_resource-ep}: after the sign of
     * equality what most capabilities have, then where the others differ from it.
     */
    public String asGetpcaps() {
        List<Integer> states = IntStream.range(0, known).mapToObj(this::state).toList();
        int usual = usual(states);
        StringBuilder text = new StringBuilder("=" + flags(usual));
        for (int state = 7; state >= 0; state--) {
            long mask = 0;
            for (int number = 0; number < known; number++) {
                mask |= states.get(number) == state ? 1L << number : 0;
            }
            if (state != usual && mask != 0) {
                text.append(' ').append(names(mask)).append(difference(usual, state));
            }
        }
        return text.toString().replaceFirst("^= ([^+]+)\\+", "$1=");
    }

    private int state(int number) {
        return (int) ((effective >>> number & 1) * EFFECTIVE
                + (permitted >>> number & 1) * PERMITTED
                + (inheritable >>> number & 1) * INHERITABLE);
    }

    /** Of two that are equally frequent, the one with less. */
    private static int usual(List<Integer> states) {
        List<Integer> times = new ArrayList<>();
        for (int state = 0; state < 8; state++) {
            int wanted = state;
            times.add((int) states.stream().filter(one -> one == wanted).count());
        }
        int usual = 7;
        for (int state = 6; state >= 0; state--) {
            usual = times.get(state) >= times.get(usual) ? state : usual;
        }
        return usual;
    }

    private static String difference(int from, int to) {
        int more = to & ~from;
        int less = from & ~to;
        return (more == 0 ? "" : "+" + flags(more)) + (less == 0 ? "" : "-" + flags(less));
    }

    private static String flags(int state) {
        return ((state & EFFECTIVE) == 0 ? "" : "e")
                + ((state & INHERITABLE) == 0 ? "" : "i")
                + ((state & PERMITTED) == 0 ? "" : "p");
    }
}
