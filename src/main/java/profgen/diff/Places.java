package profgen.diff;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import profgen.syscall.Abi;
import profgen.syscall.Arch;

/** Places in few words, given all that were asked for. */
final class Places {
    private final List<Asked> asked;

    Places(List<Asked> asked) {
        this.asked = asked;
    }

    /**
     * {@code x86_64} for all of its hosts, {@code x86_64 except +SYS_NICE} or {@code x86_64 +SYS_NICE} for some.
     *
     * @param call that is seen in the places; empty for what is not about one call
     */
    List<String> inWords(Collection<Place> places, String call) {
        Map<Abi, SortedSet<String>> seen = new EnumMap<>(Abi.class);
        places.forEach(place -> seen.computeIfAbsent(place.abi(), abi -> new TreeSet<>())
                .add(place.asked().label()));
        List<String> words = new ArrayList<>();
        seen.forEach((abi, labels) -> {
            SortedSet<String> others = labels(abi.arch(), one -> one.isFor(call));
            others.removeAll(labels);
            if (!labels.contains("")) {
                words.add(abi.label() + " " + String.join(" ", labels));
            } else {
                words.add(others.isEmpty() ? abi.label() : abi.label() + " except " + String.join(" ", others));
            }
        });
        return words;
    }

    /** {@code x86_64, also +SYS_ADMIN +SYS_NICE}: one line for each architecture. */
    List<String> all() {
        return asked.stream()
                .map(one -> one.host().arch())
                .distinct()
                .sorted()
                .map(arch -> {
                    String others = labels(arch, one -> true).stream()
                            .filter(label -> !label.isEmpty())
                            .collect(Collectors.joining(" "));
                    return asked.stream()
                                    .filter(one -> one.host().arch() == arch
                                            && one.label().isEmpty())
                                    .map(one -> RunHost.inWords(one.host()))
                                    .collect(Collectors.joining(", "))
                            + (others.isEmpty() ? "" : ", also " + others);
                })
                .toList();
    }

    private SortedSet<String> labels(Arch arch, Predicate<Asked> which) {
        return asked.stream()
                .filter(one -> one.host().arch() == arch && which.test(one))
                .map(Asked::label)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
