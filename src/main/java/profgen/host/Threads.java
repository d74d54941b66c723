package profgen.host;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The threads of a process: each has its own seccomp mode and filters. */
final class Threads {
    private static final int SHOWN = 3;

    private Threads() {}

    /** One sentence if others have another mode or number of filters than the one that is looked at; else nothing. */
    static List<String> remarks(LiveProcess process) {
        List<String> others = new ArrayList<>();
        int threads = 0;
        try (DirectoryStream<Path> tasks =
                Files.newDirectoryStream(Path.of("/proc/" + process.process() + "/task"), "[0-9]*")) {
            for (Path task : tasks) {
                threads++;
                ProcFile.read(task.resolve("status"))
                        .filter(status -> status.number("Seccomp") != process.mode()
                                || status.number("Seccomp_filters") != process.filters())
                        .ifPresent(status -> others.add(words(task, status)));
            }
        } catch (IOException e) {
            return List.of();
        }
        return others.isEmpty() ? List.of() : List.of(sentence(process, others, threads));
    }

    private static String words(Path task, ProcFile status) {
        return task.getFileName() + " (mode " + status.number("Seccomp") + ", filters: "
                + status.number("Seccomp_filters") + ")";
    }

    private static String sentence(LiveProcess process, List<String> others, int threads) {
        String shown = String.join(", ", others.subList(0, Math.min(SHOWN, others.size())));
        String more = others.size() > SHOWN ? " and " + (others.size() - SHOWN) + " more" : "";
        return others.size() + " of " + threads + " threads run under something else than " + process.id()
                + ", which is what is shown: " + shown + more + "; a thread can be asked for by its own id";
    }
}
