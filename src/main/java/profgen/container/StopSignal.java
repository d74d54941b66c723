package profgen.container;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Names of signals, as engines and images write them: {@code TERM}, {@code SIGQUIT}, {@code SIGRTMIN+3}, {@code 15}. */
public final class StopSignal {
    public static final int TERM = 15;

    /** By number, from 1; the same on every architecture here. */
    private static final List<String> NAMES = List.of(
            "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
            "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
            "WINCH", "IO", "PWR", "SYS");

    private static final int RTMIN = 34;
    private static final int LAST = 64;

    private StopSignal() {}

    /** Empty if there is no such signal. */
    public static Optional<Integer> number(String text) {
        String name = text.toUpperCase(Locale.ROOT).replaceFirst("^SIG", "");
        int number = NAMES.indexOf(name) + 1;
        if (name.matches("RTMIN(\\+[0-9]{1,2})?")) {
            number = RTMIN
                    + (name.length() > "RTMIN".length() ? Integer.parseInt(name.substring("RTMIN+".length())) : 0);
        } else if (name.matches("[0-9]{1,2}")) {
            number = Integer.parseInt(name);
        }
        return number < 1 || number > LAST ? Optional.empty() : Optional.of(number);
    }
}
