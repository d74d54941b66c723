package profgen.diff;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import profgen.filter.Host;
import profgen.filter.Resolver;
import profgen.profile.Profile;
import profgen.profile.ProfileLines;
import profgen.profile.Rule;
import profgen.syscall.Abi;

/**
 * A profile's file, and where in it the answers to calls stand: as JSON paths, which have lines.
 *
 * @param file as the user named it
 */
public record ProfileText(String file, String text, Profile profile, Resolver resolver) {
    private static final String DEFAULT = "defaultAction";
    private static final Map<Abi, String> SUB_ABIS = Map.of(Abi.I386, "SCMP_ARCH_X86", Abi.X32, "SCMP_ARCH_X32");

    public ProfileText(String file, String text, Profile profile) {
        this(file, text, profile, Resolver.of(profile));
    }

    /** In the rule that decides about this call on this host, or would under another condition. */
    String ofCall(Witness call, Host host) {
        OptionalInt rule = resolver.on(host)
                .decide(call.abi(), call.number(), call.values())
                .rule();
        return ofCall(call.call(), rule);
    }

    /** In the first rule that names it; the default action, which answers it, if none does. */
    String ofCall(String call) {
        return ofCall(call, OptionalInt.empty());
    }

    /** @param wanted the rule that is preferred */
    String ofCall(String call, OptionalInt wanted) {
        List<Rule> rules = profile.syscalls();
        return IntStream.concat(wanted.stream(), IntStream.range(0, rules.size()))
                .filter(index -> rules.get(index).names().contains(call))
                .mapToObj(index ->
                        rule(index) + ".names[" + rules.get(index).names().indexOf(call) + "]")
                .findFirst()
                .orElse(DEFAULT);
    }

    /** Where the ABI is opened, or where it would be. */
    String ofAbi(Abi abi) {
        String name = SUB_ABIS.getOrDefault(abi, abi.arch().scmpName());
        for (int i = 0; i < profile.archMap().size(); i++) {
            Profile.ArchMapEntry entry = profile.archMap().get(i);
            if (entry.architecture().equals(abi.arch().scmpName())) {
                int at = entry.subArchitectures().indexOf(name);
                return "archMap[" + i + "]" + (at < 0 ? "" : ".subArchitectures[" + at + "]");
            }
        }
        int at = profile.architectures().indexOf(name);
        return at < 0 ? ofAbis() : "architectures[" + at + "]";
    }

    /** Where ABIs are opened; the default action if nothing says so. */
    String ofAbis() {
        return !profile.archMap().isEmpty()
                ? "archMap"
                : profile.architectures().isEmpty() ? DEFAULT : "architectures";
    }

    /** For any of these paths, from 1: its line, else that of the rule around it, else the first of the file. */
    public ToIntFunction<String> lines(Collection<String> paths) {
        Set<String> all = new HashSet<>();
        paths.forEach(path -> all.addAll(nearest(path)));
        Map<String, Integer> lines = new HashMap<>(ProfileLines.of(text, all));
        return path -> nearest(path).stream()
                .map(lines::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(1);
    }

    /** A rule of the old form has one {@code name}. */
    private static List<String> nearest(String path) {
        String rule = path.replaceFirst("\\..*", "");
        return Stream.of(path, path.replaceFirst("names\\[0]$", "name"), rule).toList();
    }

    private static String rule(int index) {
        return "syscalls[" + index + "]";
    }
}
