package profgen.profile;

import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import profgen.syscall.Errno;

/** Podman and CRI-O prefer the name of an error to its number beside it, and refuse a name that they do not know. */
public final class ErrnoNames {
    /** Second names of numbers that have two. */
    private static final Map<String, Integer> ALIASES = Map.of("EWOULDBLOCK", 11, "EDEADLOCK", 35, "ENOTSUP", 95);

    private ErrnoNames() {}

    public static OptionalInt number(String name) {
        Integer alias = ALIASES.get(name);
        return alias == null ? Errno.number(name) : OptionalInt.of(alias);
    }

    /** As those engines read it: numbers from names. */
    public static Profile numbered(Profile profile) {
        boolean plain = profile.defaultErrno().isEmpty()
                && profile.syscalls().stream().allMatch(rule -> rule.errno().isEmpty());
        return plain
                ? profile
                : new Profile(
                        profile.defaultAction(),
                        numbered(profile.defaultErrno(), profile.defaultErrnoRet()),
                        profile.defaultErrno(),
                        profile.archMap(),
                        profile.architectures(),
                        profile.flags(),
                        profile.listenerPath(),
                        profile.listenerMetadata(),
                        profile.syscalls().stream().map(ErrnoNames::numbered).toList());
    }

    /** As those engines read it. */
    public static Rule numbered(Rule rule) {
        return new Rule(
                rule.names(),
                rule.action(),
                numbered(rule.errno(), rule.errnoRet()),
                rule.errno(),
                rule.args(),
                rule.includes(),
                rule.excludes(),
                rule.comment());
    }

    private static @Nullable Integer numbered(String name, @Nullable Integer number) {
        OptionalInt known = name.isEmpty() ? OptionalInt.empty() : number(name);
        return known.isPresent() ? Integer.valueOf(known.getAsInt()) : number;
    }
}
