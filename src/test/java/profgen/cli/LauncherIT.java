package profgen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a checkout of its own, whose folder has a space in its name; Maven there is a script. */
class LauncherIT {
    private static final String JAR = System.getProperty("profgen.jar", "target/profgen.jar");

    @TempDir
    Path folder;

    private Path checkout;

    @BeforeEach
    void checkOut() throws IOException {
        checkout = Files.createDirectories(folder.resolve("check out"));
        Files.createDirectories(checkout.resolve("src/main"));
        Files.createDirectories(checkout.resolve("tracer-native/src"));
        Files.writeString(checkout.resolve("tracer-native/Makefile"), "");
        Files.writeString(checkout.resolve("pom.xml"), "<project>\n  <version>1.2.3</version>\n</project>\n");
        Files.copy(Launched.LAUNCHER, checkout.resolve("profgen"));
        assertThat(checkout.resolve("profgen").toFile().setExecutable(true)).isTrue();
        maven("echo build >>built && cp \"" + JAR + "\" target/profgen.jar");
    }

    private void maven(String script) throws IOException {
        Path maven = Files.createDirectories(folder.resolve("bin")).resolve("mvn");
        Files.writeString(maven, "#!/bin/sh\n" + script + "\n");
        assertThat(maven.toFile().setExecutable(true)).isTrue();
    }

    private Launched run(String script) throws IOException {
        return Launched.script(folder, "PATH=$PWD/bin:$PATH; C='check out'; " + script);
    }

    @Test
    void it_builds_once_and_says_so_in_one_line() throws IOException {
        Launched first = run("\"$C/profgen\" --version").hasStatus(0);
        assertThat(first.out()).startsWith("profgen ");
        assertThat(first.err()).isEqualTo("profgen: building (Maven, ~30 s the first time) ...\n");
        assertThat(run("\"$C/profgen\" --version").hasStatus(0).err()).isEmpty();
        assertThat(checkout.resolve("built")).hasContent("build\n");
    }

    @Test
    void it_builds_again_when_a_source_is_newer() throws IOException {
        run("\"$C/profgen\" --version; touch -d 'next year' \"$C/pom.xml\"; \"$C/profgen\" --version")
                .hasStatus(0);
        assertThat(checkout.resolve("built")).hasContent("build\nbuild\n");
    }

    @Test
    void two_starts_at_once_build_once() throws IOException {
        run("\"$C/profgen\" --version & \"$C/profgen\" --version; wait $!").hasStatus(0);
        assertThat(checkout.resolve("built")).hasContent("build\n");
    }

    @Test
    void it_works_through_a_symbolic_link_from_another_folder() throws IOException {
        run("ln -s \"../$C/profgen\" bin/p && cd / && p --version").hasStatus(0);
        run("cd \"$C\" && sh profgen --version").hasStatus(0);
    }

    @Test
    void a_build_that_fails_shows_its_output() throws IOException {
        maven("echo 'what went wrong'; exit 1");
        run("\"$C/profgen\" record true")
                .hasStatus(125)
                .said(
                        "what went wrong\nprofgen: the build failed; all of its output is in ",
                        "check out/target/build.log");
        run("\"$C/profgen\" show x").hasStatus(4);
    }

    @Test
    void what_the_build_lacks_is_named_with_its_package() throws IOException {
        run("mkdir few && for t in cat cut dirname find flock mkdir sed sort tail tr; do ln -s $(command -v $t) few/; done;"
                        + " (unset JAVA_HOME; PATH=$PWD/few; exec \"$C/profgen\" --version); s=$?; rm -r few; exit $s")
                .hasStatus(4)
                .said("profgen: cannot be built: missing javac(17-or-later) mvn make gcc libc.a\n"
                        + "hint: apt-get install -y --no-install-recommends ")
                .said("-jdk-headless", " gcc libc6-dev make maven\n");
    }

    @Test
    void what_needs_no_java_is_answered_in_its_words() throws IOException {
        for (String arguments : new String[] {"", "--version", "-V", "--version >/dev/full", "--version >&-"}) {
            Launched java = Launched.script(folder, "exec java -jar \"$1\" " + arguments, JAR);
            Launched launcher = Launched.script(folder, "exec \"$0\" " + arguments);
            assertThat(launcher).as(arguments).isEqualTo(java);
        }
        assertThat(run("\"$C/profgen\" --version").hasStatus(0).out()).isEqualTo("profgen 1.2.3\n");
    }

    @Test
    void the_first_start_prepares_the_next_ones_and_leaves_no_other_trace() throws IOException {
        Launched first = run("\"$C/profgen\" lint docker-28").hasStatus(0);
        Path starts = checkout.resolve("target/starts");
        assertThat(archives(starts))
                .isNotEmpty()
                .allMatch(archive -> archive.toFile().length() > 0);
        assertThat(starts.resolve("new")).doesNotExist();
        Launched second = run("\"$C/profgen\" lint docker-28").hasStatus(0);
        assertThat(second.out()).isEqualTo(first.out());
        assertThat(second.err()).isEmpty();
    }

    @Test
    void an_archive_that_java_does_not_like_changes_nothing() throws IOException {
        run("\"$C/profgen\" decide docker-28 read").hasStatus(0);
        for (Path archive : archives(checkout.resolve("target/starts"))) {
            Files.delete(archive);
            Files.writeString(archive, "nonsense");
        }
        Launched run = run("\"$C/profgen\" decide docker-28 read").hasStatus(0);
        assertThat(run.out()).contains("allow");
        assertThat(run.err()).isEmpty();
    }

    private static List<Path> archives(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jsa")).toList();
        }
    }
}
