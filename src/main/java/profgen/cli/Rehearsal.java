package profgen.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs what commands do, without a word: the JVM that runs it notes which classes they need, and later starts find these prepared. Started by
 * the launcher with a journal to read, which may be missing, and a folder to write to; its property {@code profgen.tracer} is a program that
 * traces nothing.
 */
public final class Rehearsal {
    private Rehearsal() {}

    public static void main(String[] args) {
        Path folder = Path.of(args[1]);
        String recording = folder.resolve("rehearsal.recording.json").toString();
        String profile = folder.resolve("rehearsal.seccomp.json").toString();
        run("recover", args[0], "-o", recording, "--force");
        run("generate", recording, "-o", profile, "--force");
        run("show", recording);
        run("show", "--json", recording);
        run("merge", recording, recording, "-o", recording, "--force");
        run("check", profile, recording);
        run("diff", recording, recording);
        run("diff", profile, "docker-28");
        run("diff", "--format", "json", "docker-default", "docker-28");
        run("lint", profile);
        run("lint", "docker-default");
        run("resolve", profile);
        run("decide", profile, "clone", "CLONE_NEWUSER");
        run("decide", "--json", "docker-default", "clone");
        run("render", profile, "--for", "systemd");
        run("record", "--force", "--recording", recording, "-o", profile, "--", "true");
        run("--help");
    }

    private static void run(String... args) {
        Profgen.run(List.of(args), new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()));
    }
}
