package profgen.container;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import profgen.BadInputException;
import profgen.capability.Capability;
import profgen.capability.CapabilitySet;

/**
 * {@code --cap-add} and {@code --cap-drop} as Docker means them: an added capability stays although it is also dropped, {@code ALL} added leaves
 * out what is dropped by name, {@code ALL} dropped leaves what is added.
 *
 * @param added names with or without CAP_, any case, or ALL
 */
public record CapabilityOptions(List<String> added, List<String> dropped) {
    public static final CapabilityOptions DEFAULT = new CapabilityOptions(List.of(), List.of());

    public CapabilityOptions {
        added = List.copyOf(added);
        dropped = List.copyOf(dropped);
        added.forEach(name -> check("--cap-add", name));
        dropped.forEach(name -> check("--cap-drop", name));
    }

    public boolean isDefault() {
        return added.isEmpty() && dropped.isEmpty();
    }

    /** What a container started with these options has in its bounding set. */
    public CapabilitySet bounding() {
        Set<Capability> drop = named(dropped);
        if (hasAll(added)) {
            Set<Capability> all = EnumSet.allOf(Capability.class);
            all.removeAll(drop);
            return CapabilitySet.of(all);
        }
        Set<Capability> result = EnumSet.noneOf(Capability.class);
        if (!hasAll(dropped)) {
            result.addAll(CapabilitySet.DOCKER_DEFAULT.asSet());
            result.removeAll(drop);
        }
        result.addAll(named(added));
        return CapabilitySet.of(result);
    }

    /** The same with all of these in the bounding set. */
    public CapabilityOptions adding(CapabilitySet needed) {
        List<String> more = new ArrayList<>(added);
        CapabilitySet there = bounding();
        needed.asSet().stream()
                .filter(capability -> !there.contains(capability))
                .forEach(capability -> more.add(capability.shortName()));
        return new CapabilityOptions(more, dropped);
    }

    /** The capabilities that were added by name. */
    public CapabilitySet addedByName() {
        return CapabilitySet.of(named(added));
    }

    private static Set<Capability> named(List<String> names) {
        Set<Capability> result = EnumSet.noneOf(Capability.class);
        names.forEach(name -> Capability.byName(name).ifPresent(result::add));
        return result;
    }

    private static boolean hasAll(List<String> names) {
        return names.stream().anyMatch(CapabilityOptions::isAll);
    }

    private static boolean isAll(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.equals("ALL") || upper.equals("CAP_ALL");
    }

    private static void check(String option, String name) {
        if (!isAll(name) && Capability.byName(name).isEmpty()) {
            List<String> names = CapabilitySet.ALL.asSet().stream()
                    .map(Capability::shortName)
                    .toList();
            throw new BadInputException(
                    option + " " + name + ": unknown capability",
                    "nearest: " + String.join(", ", Spelling.nearest(name, names)));
        }
    }
}
