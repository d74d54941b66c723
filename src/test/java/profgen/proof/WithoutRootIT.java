package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import profgen.Requires;
import profgen.recording.Run;

/** Recording as a user without any privilege, with and without ranges of subordinate ids. */
class WithoutRootIT {
    private static final String UID = "65534";
    private static final List<String> AS_USER = List.of("setpriv", "--reuid", UID, "--regid", UID, "--clear-groups");
    /** Changes what the commands behind it see of the three files, and nobody else sees. */
    private static final String WITH_FILES =
            "for file in passwd subuid subgid; do mount --bind \"$1/$file\" /etc/$file || exit; done; shift; exec \"$@\"";

    private static Path folder;
    private static Path jar;

    @BeforeAll
    static void a_folder_of_the_users_own() throws IOException {
        Requires.root();
        Requires.command("setpriv");
        Requires.that(
                Requires.answers("setpriv", "--reuid", UID, "--regid", UID, "--clear-groups", "unshare", "-U", "true"),
                "user namespaces for a user without privilege");
        // Under /tmp: the checkout may lie where other users cannot read.
        folder = Files.createTempDirectory("profgen-user");
        jar = Files.copy(
                Path.of(System.getProperty("profgen.jar", "target/profgen.jar")), folder.resolve("profgen.jar"));
        BoundedCommand.of("chown", "-R", UID + ":" + UID, folder.toString())
                .run()
                .hasStatus(0);
    }

    @AfterAll
    static void remove() {
        if (folder != null) {
            BoundedCommand.of("rm", "-rf", folder.toString()).run();
        }
    }

    @Test
    void a_user_without_ranges_keeps_the_own_id_and_the_recording_says_what_lacks() throws IOException {
        Ended ended = record(files("", ""), "sh", "-c", "id -u; id -g");
        assertThat(ended.out()).isEqualTo(UID + "\n" + UID + "\n");
        Run run = recorder().run();
        assertThat(run.provenance().engine()).isEqualTo("sandbox");
        assertThat(run.ledger()).extracting(Run.LedgerEntry::kind).contains("no-subid-range");
        assertThat(run.start())
                .isNotNull()
                .extracting(Run.StartState::userNamespace)
                .isEqualTo(true);
    }

    @Test
    void a_user_with_ranges_can_act_as_other_users_as_in_a_container() throws IOException {
        Requires.command("newuidmap");
        String range = "proof:200000:65536\n";
        Path file = folder.resolve("owned");
        record(
                files(range, range),
                "--user",
                "0",
                "--",
                "sh",
                "-c",
                "touch %s && chown 33:33 %s".formatted(file, file));
        assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(200032);
        assertThat(recorder().run().ledger()).extracting(Run.LedgerEntry::kind).doesNotContain("no-subid-range");
    }

    private static Recorder recorder() {
        return new Recorder(folder);
    }

    /** Copies of /etc/passwd with the user in it and of the files of ranges. */
    private static Path files(String subuid, String subgid) throws IOException {
        Path etc = Files.createTempDirectory(folder, "etc");
        String user = "proof:x:%s:%s::%s:/bin/sh%n".formatted(UID, UID, folder);
        // The first entry of an id is the one that is found.
        Files.writeString(etc.resolve("passwd"), user + Files.readString(Path.of("/etc/passwd")));
        Files.writeString(etc.resolve("subuid"), subuid);
        Files.writeString(etc.resolve("subgid"), subgid);
        BoundedCommand.of("chmod", "-R", "a+rX", etc.toString()).run().hasStatus(0);
        return etc;
    }

    /** Records as the user, who sees these files. */
    private static Ended record(Path etc, String... workload) {
        List<String> words = new ArrayList<>(List.of("unshare", "--mount", "--propagation", "private"));
        words.addAll(List.of("sh", "-c", WITH_FILES, "sh", etc.toString()));
        words.addAll(AS_USER);
        words.addAll(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar.toString()));
        words.addAll(List.of("record", "--force", "--engine", "sandbox"));
        words.addAll(List.of("-o", recorder().profile().toString()));
        words.addAll(List.of("--recording", recorder().recordingFile().toString()));
        words.addAll(List.of(workload));
        return BoundedCommand.of(words)
                .in(folder)
                .with(Map.of(
                        "HOME",
                        folder.toString(),
                        "XDG_CACHE_HOME",
                        folder.resolve("cache").toString()))
                .run()
                .hasStatus(0);
    }
}
