package profgen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import profgen.Requires;

/** TERM while a profile is verified: nothing goes on, and nothing stays. */
class VerifyEndingIT {
    private static final String DENY = "{\"defaultAction\":\"SCMP_ACT_ALLOW\",\"syscalls\":[]}";

    @TempDir
    Path folder;

    @BeforeAll
    static void needs() {
        Requires.that(SandboxHere.works(), "the built-in container");
    }

    @Test
    void the_verification_of_a_recording_ends_and_the_recording_stays() throws IOException {
        String workload = "test -e recorded && { touch again; while :; do :; done; }; touch recorded";
        Process process = Launched.start(folder, "exec \"$0\" record --verify -- sh -c \"$1\"", workload);
        term(process, "again");
        Launched.await(process, folder).hasStatus(0).said("recorded   ", "verify     ended as you asked");
        assertThat(folder.resolve("sh.seccomp.json")).exists();
    }

    @Test
    void a_probe_does_not_outlive_the_verification() throws IOException {
        Files.writeString(folder.resolve("p.json"), DENY);
        String probe = "echo $$ >pid.new; mv pid.new pid; exec sleep 1000";
        Process process = Launched.start(folder, "exec \"$0\" verify p.json --until \"$1\" -- sleep 1000", probe);
        term(process, "pid");
        Launched.await(process, folder).hasStatus(143);
        long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
        EndingIT.await(
                () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }

    /** Once this file is there. */
    private void term(Process process, String file) {
        EndingIT.await(() -> Files.exists(folder.resolve(file)));
        long profgen = process.children().findFirst().orElseThrow().pid();
        assertThat(Requires.answers("kill", "-TERM", String.valueOf(profgen))).isTrue();
    }
}
