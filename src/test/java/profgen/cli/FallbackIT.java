package profgen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import profgen.Requires;

/** A machine that forbids the sandbox: a user namespace in which no pid namespace may be made. */
class FallbackIT {
    private static final String FORBID = "echo 0 >/proc/sys/user/max_pid_namespaces";

    @TempDir
    Path folder;

    @BeforeEach
    void needs() {
        Requires.that(Requires.answers("unshare", "-Ur", "sh", "-c", FORBID), "user namespaces");
    }

    private Launched there(String script) throws IOException {
        return Launched.script(folder, "unshare -Ur sh -c '" + FORBID + "; " + script + "' \"$0\"");
    }

    @Test
    void auto_records_on_the_host_and_says_so_once_and_in_the_ledger() throws IOException {
        Launched run =
                there("\"$0\" record --runs 2 -- echo hello").hasStatus(0).printed("hello\nhello\n");
        assertThat(run.err()).containsOnlyOnce("profgen: sandbox: does not work here, recording on the host: ");
        assertThat(Files.readString(folder.resolve("echo.recording.json"))).contains("\"host-fallback\"");
    }

    @Test
    void a_named_engine_that_does_not_work_is_a_failure_with_reason_and_remedy() throws IOException {
        there("\"$0\" record --engine sandbox -- touch ran")
                .hasStatus(125)
                .said("profgen: sandbox: ", "[this machine cannot]\nhint: profgen doctor", "--engine host");
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @Test
    void an_option_of_the_container_forbids_the_fallback() throws IOException {
        there("\"$0\" record --read-only -- touch ran").hasStatus(125).said("profgen: sandbox: ");
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @Test
    void doctor_says_why() throws IOException {
        Launched run = there("\"$0\" doctor").hasStatus(0);
        assertThat(run.out()).containsPattern("sandbox +no ").containsPattern("host +works");
    }
}
