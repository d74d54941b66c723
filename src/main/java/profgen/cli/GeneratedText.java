package profgen.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import profgen.capability.Capability;
import profgen.generate.Generated;
import profgen.generate.Generated.Gate;
import profgen.profile.RuntimeFloor;

/** What is said about a profile, for a person: a word and what belongs to it, line by line. */
final class GeneratedText {
    private final Generated generated;
    private final PrintWriter err;

    GeneratedText(Generated generated, PrintWriter err) {
        this.generated = generated;
        this.err = err;
    }

    void print(String file, Set<RuntimeFloor> floors) {
        describe(file, floors);
        List<String> capAdd =
                generated.capAdd().asSet().stream().map(Capability::shortName).toList();
        if (!capAdd.isEmpty()) {
            line("run with", "--cap-add " + String.join(" --cap-add ", capAdd));
        }
        err.flush();
    }

    /** @param floors whose start-up the profile carries */
    void describe(String file, Set<RuntimeFloor> floors) {
        Generated.Counts counts = generated.counts();
        String policy = counts.policy() == 0 ? "" : ", " + counts.policy() + " by policy";
        line(
                "profile",
                file + ": " + Words.count(counts.total(), "name", "names") + " (" + counts.seen() + " seen, "
                        + counts.floor() + " more for " + runtimes(floors) + " start-up, " + counts.implicit()
                        + " implicit" + policy
                        + "); Docker's default allows " + counts.dockerAllows());
        generated.remarks().forEach(remark -> line("note", remark));
        gated();
        if (!generated.lifted().isEmpty()) {
            line("lifted", String.join(" ", generated.lifted()) + "   no capability needed: the kernel itself checks");
        }
        generated.leftOut().forEach(left -> {
            String remedy = left.remedy().isEmpty() ? "" : "; " + left.remedy() + " allows it";
            line("left out", left.what() + ": " + left.why() + remedy);
        });
    }

    /** {@code runc/crun}, whichever are meant. */
    private static String runtimes(Set<RuntimeFloor> floors) {
        return floors.stream().flatMap(floor -> floor.runtime().stream()).collect(Collectors.joining("/"));
    }

    /** One line for each capability. */
    private void gated() {
        Map<Capability, List<Gate>> byOpener = generated.gates().stream()
                .collect(Collectors.groupingBy(Gate::opener, TreeMap::new, Collectors.toList()));
        byOpener.forEach((capability, gates) -> {
            String names = gates.stream().map(Gate::name).collect(Collectors.joining(" "));
            boolean suffices = gates.stream().allMatch(Gate::kernelSuffices);
            String kernel = suffices ? "; the kernel itself does not ask for it here" : "";
            line("gated", names + "   " + capability + " (Docker's gate" + kernel + ")");
        });
    }

    private void line(String label, String text) {
        err.println(Words.labelled(label, text));
    }
}
