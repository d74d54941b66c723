package profgen.profile;

import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import profgen.syscall.Errno;

/** Podman and CRI-O prefer the name of an error, which may be digits, to its number beside it, and refuse a name that they do not know. */
public final class ErrnoNames {
    /** Second names of numbers that have two. */
    private static final Map<String, Integer> ALIASES = Map.of("EWOULDBLOCK", 11, "EDEADLOCK", 35, "ENOTSUP", 95);

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");

    /** MAX_ERRNO of the kernel. */
    private static final int MAX_ERRNO = 4095;

    /** profgen's own spelling of a number without a name. */
    private static final String UNNAMED = "errno ";

    private ErrnoNames() {}

    /** Empty for what those engines do not know, or the kernel does not take. */
    public static OptionalInt number(String name) {
        if (DIGITS.matcher(name).matches()) {
            int number = Integer.parseInt(name);
            return number > MAX_ERRNO ? OptionalInt.empty() : OptionalInt.of(number);
        }
        Integer alias = ALIASES.get(name);
        return alias != null
                ? OptionalInt.of(alias)
                : name.startsWith(UNNAMED) ? OptionalInt.empty() : Errno.number(name);
    }

    /** As those engines read it: numbers from names. */
    public static Profile numbered(Profile profile) {
        boolean plain = profile.defaultErrno().isEmpty()
                && profile.syscalls().stream().allMatch(rule -> rule.errno().isEmpty());
        return plain
                ? profile
                : profile.withDefaultErrnoRet(numbered(profile.defaultErrno(), profile.defaultErrnoRet()))
                        .withSyscalls(profile.syscalls().stream()
                                .map(ErrnoNames::numbered)
                                .toList());
    }

    /** As those engines read it. */
    public static Rule numbered(Rule rule) {
        return rule.withErrnoRet(numbered(rule.errno(), rule.errnoRet()));
    }

    private static @Nullable Integer numbered(String name, @Nullable Integer number) {
        OptionalInt known = name.isEmpty() ? OptionalInt.empty() : number(name);
        return known.isPresent() ? Integer.valueOf(known.getAsInt()) : number;
    }
}
