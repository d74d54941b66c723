package profgen.generate;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import profgen.profile.RuntimeFloor;
import profgen.syscall.Arch;
import profgen.syscall.KernelVersion;
import profgen.syscall.SyscallTable;

/**
 * Collects a policy from text: options of a command line and lines of a file have the same names and values. A later value
 * replaces an earlier one; names and architectures add up.
 */
public final class PolicyBuilder {
    /** What {@link #set} knows, in the order in which documentation tells it. */
    public static final List<String> KEYS = List.of(
            "allow",
            "deny",
            "allow-beyond",
            "gates",
            "runtime",
            "no-new-privileges",
            "init",
            "exec",
            "implicit",
            "kernel",
            "arch",
            "default-action");

    private static final String YES = "yes";

    private Policy.Gates gates = Policy.Gates.DOCKER;
    private Set<RuntimeFloor> runtimes = EnumSet.of(RuntimeFloor.RUNC, RuntimeFloor.CRUN);
    private boolean init;
    private boolean exec;
    private boolean noNewPrivileges;
    private boolean implicit = true;
    private Policy.DefaultAction defaultAction = Policy.DefaultAction.ERRNO;
    private @Nullable KernelVersion kernel;
    private final Set<Arch> arches = EnumSet.noneOf(Arch.class);
    private final SortedMap<String, String> allow = new TreeMap<>();
    private final SortedMap<String, String> deny = new TreeMap<>();
    private final SortedMap<String, String> allowBeyond = new TreeMap<>();

    /**
     * One setting.
     *
     * @param key one of {@link #KEYS}
     * @param value empty for a switch that is on
     * @param reason for a name; goes into the comment of its rule; may be empty
     * @return what is wrong with it: {@code "preadv3": no such system call: did you mean preadv or preadv2?}
     */
    public Optional<String> set(String key, String value, String reason) {
        return switch (key) {
            case "allow" -> name(allow, value, reason);
            case "deny" -> name(deny, value, reason);
            case "allow-beyond" -> name(allowBeyond, value, reason);
            case "gates" -> gates(value);
            case "runtime" -> runtime(value);
            case "no-new-privileges" -> isSwitch(value, () -> noNewPrivileges = isOn(value));
            case "init" -> isSwitch(value, () -> init = isOn(value));
            case "exec" -> isSwitch(value, () -> exec = isOn(value));
            case "implicit" -> isSwitch(value, () -> implicit = isOn(value));
            case "kernel" -> kernel(value);
            case "arch" -> arch(value);
            case "default-action" -> defaultAction(value);
            default -> Optional.of('"' + key + "\": expected one of " + String.join(", ", KEYS));
        };
    }

    public Policy policy() {
        Set<RuntimeFloor> floors = EnumSet.copyOf(runtimes);
        if (init) {
            floors.add(RuntimeFloor.DOCKER_INIT);
        }
        if (exec && runtimes.contains(RuntimeFloor.CRUN)) {
            floors.add(RuntimeFloor.EXEC);
        }
        return new Policy(
                gates,
                floors,
                noNewPrivileges,
                implicit,
                defaultAction,
                kernel,
                new TreeSet<>(arches),
                allow,
                deny,
                allowBeyond);
    }

    /** A name that is both allowed and denied. */
    public Optional<String> contradiction() {
        return deny.keySet().stream()
                .filter(name -> allow.containsKey(name) || allowBeyond.containsKey(name))
                .findFirst()
                .map(name -> name + ": both allowed and denied");
    }

    private static Optional<String> name(SortedMap<String, String> names, String name, String reason) {
        if (SyscallTable.isKnown(name)) {
            names.put(name, reason);
            return Optional.empty();
        }
        List<String> near = SyscallTable.nearest(name);
        String hint = near.isEmpty() ? "" : ": did you mean " + String.join(" or ", near) + "?";
        return Optional.of('"' + name + "\": no such system call" + hint);
    }

    private Optional<String> gates(String value) {
        Optional<Policy.Gates> found = oneOf(value, Policy.Gates.values());
        found.ifPresent(one -> gates = one);
        return found.isPresent() ? Optional.empty() : expected(value, "docker or observed");
    }

    private Optional<String> runtime(String value) {
        Optional<RuntimeFloor> one = RuntimeFloor.byName(value);
        one.ifPresent(floor -> runtimes = EnumSet.of(floor));
        if (value.equals("all")) {
            runtimes = EnumSet.of(RuntimeFloor.RUNC, RuntimeFloor.CRUN);
        } else if (one.isEmpty()) {
            return expected(value, "runc, crun, each with @ and a version of it, or all");
        }
        return Optional.empty();
    }

    private Optional<String> kernel(String value) {
        Optional<KernelVersion> version = KernelVersion.parseRelease(value);
        version.ifPresent(found -> kernel = found);
        return version.isPresent() ? Optional.empty() : expected(value, "<kernel>.<major>, e.g. 6.1");
    }

    private Optional<String> arch(String value) {
        Optional<Arch> arch = Arch.byName(value);
        arch.ifPresent(arches::add);
        String known = Arrays.stream(Arch.values()).map(Arch::unameMachine).collect(Collectors.joining(" or "));
        return arch.isPresent() ? Optional.empty() : expected(value, known);
    }

    private Optional<String> defaultAction(String value) {
        Optional<Policy.DefaultAction> action = oneOf(value, Policy.DefaultAction.values());
        action.ifPresent(found -> defaultAction = found);
        return action.isPresent() ? Optional.empty() : expected(value, "errno, log or kill");
    }

    private static <E extends Enum<E>> Optional<E> oneOf(String value, E[] values) {
        return Arrays.stream(values)
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(value))
                .findFirst();
    }

    private static Optional<String> isSwitch(String value, Runnable set) {
        if (!List.of("", YES, "no").contains(value)) {
            return expected(value, "yes or no");
        }
        set.run();
        return Optional.empty();
    }

    private static boolean isOn(String value) {
        return !value.equals("no");
    }

    private static Optional<String> expected(String value, String expectation) {
        return Optional.of('"' + value + "\": expected " + expectation);
    }
}
