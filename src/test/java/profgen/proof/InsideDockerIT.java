package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import profgen.Requires;
import profgen.recording.Run;

/** profgen itself in a container of Docker with Docker's default profile, which forbids it to make one of its own. */
class InsideDockerIT {
    @TempDir
    private static Path folder;

    private static Docker docker;
    private static String image;

    @BeforeAll
    static void make_the_image() throws IOException {
        Requires.docker();
        Requires.root();
        Requires.command("debootstrap");
        docker = Docker.open();
        image = docker.importImage(DebianRootfs.tar());
    }

    @AfterAll
    static void leave_nothing() {
        if (docker != null) {
            docker.close();
        }
    }

    @Test
    void records_on_the_host_instead_and_says_so() throws IOException {
        Ended ended = record("auto").hasStatus(0);
        assertThat(ended.out()).isEqualTo("hello\n");
        Run run = new Recorder(folder).run();
        assertThat(run.provenance().engine()).isEqualTo("host");
        assertThat(run.ledger())
                .extracting(Run.LedgerEntry::kind)
                .as("%s", ended.err())
                .contains("host-fallback", "filter-present");
    }

    @Test
    void a_sandbox_that_is_asked_for_by_name_is_refused_with_the_reason() {
        Ended ended = record("sandbox").hasStatus(125);
        assertThat(ended.err()).startsWith("profgen: sandbox: ").contains("hint:");
    }

    /** With this machine's JDK: the image has a C library that is as new or newer. */
    private static Ended record(String engine) {
        Path jdk = realPath(Path.of(System.getProperty("java.home")));
        List<String> options = new ArrayList<>(List.of("-v", jdk + ":" + jdk + ":ro", "-v", folder + ":" + folder));
        // Debian's JDK has its configuration there.
        Path configuration = Path.of("/etc/java-" + Runtime.version().feature() + "-openjdk");
        if (Files.exists(configuration)) {
            options.addAll(List.of("-v", configuration + ":" + configuration + ":ro"));
        }
        Path jar =
                Path.of(System.getProperty("profgen.jar", "target/profgen.jar")).toAbsolutePath();
        options.addAll(List.of("-v", jar + ":/profgen.jar:ro"));
        Recorder recorder = new Recorder(folder);
        List<String> words = new ArrayList<>(List.of(jdk + "/bin/java", "-jar", "/profgen.jar", "record", "--force"));
        words.addAll(List.of("--engine", engine, "-o", recorder.profile().toString()));
        words.addAll(List.of("--recording", recorder.recordingFile().toString(), "--", "echo", "hello"));
        return docker.run(image, options, words);
    }

    private static Path realPath(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
