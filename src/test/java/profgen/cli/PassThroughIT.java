package profgen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import profgen.Requires;

/** What a workload is, sees and ends with is as without profgen. */
class PassThroughIT {
    @TempDir
    Path folder;

    @Test
    void input_and_output_are_the_workloads() throws IOException {
        Launched run = Launched.script(folder, "printf 'a\\377b' | \"$0\" record -- sh -c 'cat; echo problem >&2'");
        run.hasStatus(0).printed("a\u00ffb");
        assertThat(run.err()).startsWith("problem\nrecorded   ");
    }

    @ParameterizedTest
    @CsvSource({
        "exit 0, 0",
        "exit 1, 1",
        "exit 125, 125",
        "exit 255, 255",
        "kill -KILL $$, 137",
        "kill -TERM $$, 143",
    })
    void the_exit_status_is_the_workloads(String script, int status) throws IOException {
        Launched run = Launched.script(folder, "\"$0\" record sh -c \"$1\"", script);
        run.hasStatus(status).said("recorded   ");
        assertThat(run.err().contains("\nfailed     the workload ")).isEqualTo(status != 0);
        assertThat(folder.resolve("sh.recording.json")).exists();
        assertThat(folder.resolve("sh.seccomp.json")).exists();
    }

    @Test
    void a_command_that_does_not_exist_is_127_as_in_a_shell() throws IOException {
        Launched.script(folder, "\"$0\" record -- no-such-command")
                .hasStatus(127)
                .said("profgen: no-such-command: command not found");
        assertThat(folder.resolve("no-such-command.recording.json")).doesNotExist();
    }

    @Test
    void a_file_that_is_not_executable_is_126() throws IOException {
        Files.writeString(folder.resolve("text"), "text\n");
        Launched.script(folder, "\"$0\" record -- ./text").hasStatus(126).said("profgen: ./text: Permission denied\n");
    }

    @Test
    void arguments_after_the_command_are_left_alone() throws IOException {
        Files.writeString(folder.resolve("args"), "expanded\n");
        String expected = "--json\n@args\n-o\n--\n\n--help\n";
        Launched.script(folder, "\"$0\" record printf '%s\\n' --json @args -o -- '' --help")
                .hasStatus(0)
                .printed(expected);
        Launched.script(folder, "\"$0\" record -- printf '%s\\n' --json @args -o -- '' --help")
                .hasStatus(0)
                .printed(expected);
    }

    @Test
    void arguments_that_are_not_text_arrive_in_the_c_locale() throws IOException {
        Launched run = Launched.script(
                folder, "x=$(printf 'a\\377 \\303\\244%%'); LC_ALL=C \"$0\" record -- printf %s \"$x\" \"$x\"");
        run.hasStatus(0).printed("a\u00ff \u00c3\u00a4%a\u00ff \u00c3\u00a4%");
        assertThat(Files.readString(folder.resolve("printf.recording.json"))).contains("a\\\\xff ä%");
    }

    @Test
    void the_limit_of_open_files_is_the_callers() throws IOException {
        Launched.script(folder, "ulimit -Sn 123; \"$0\" record -- sh -c 'ulimit -Sn'")
                .hasStatus(0)
                .printed("123\n");
    }

    @Test
    void signals_are_blocked_and_ignored_as_for_the_caller() throws IOException {
        String show = "grep -E '^Sig(Blk|Ign)' /proc/self/status";
        Launched bare = Launched.script(folder, "trap '' USR1 PIPE; " + show);
        Launched.script(folder, "trap '' USR1 PIPE; \"$0\" record -- " + show)
                .hasStatus(0)
                .printed(bare.out());
    }

    @Test
    void the_environment_is_the_callers() throws IOException {
        String clean = "env -i PATH=\"$PATH\" HOME=/nowhere PWD=\"$PWD\" A='b c' ";
        String sorted = " | sort";
        Launched bare = Launched.script(folder, clean + "env" + sorted);
        Launched.script(folder, clean + "\"$0\" record -- env" + sorted)
                .hasStatus(0)
                .printed(bare.out());
    }

    @Test
    void a_terminal_is_the_workloads() throws IOException {
        Requires.command("script");
        String inside = "stty rows 33 cols 77; \"$PROFGEN\" record -- sh -c 'test -t 0 -a -t 1 -a -t 2 && stty size'";
        Launched.script(folder, "PROFGEN=$0 script -qec \"$1\" /dev/null", inside)
                .hasStatus(0);
        assertThat(Files.readString(folder.resolve(".out"))).startsWith("33 77\r\nrecorded   ");
    }

    @Test
    void options_of_the_container_reach_the_workload() throws IOException {
        Requires.that(SandboxHere.works(), "a machine where the sandbox works");
        Launched.script(
                        folder,
                        "\"$0\" record --env A=b --workdir / --hostname box -- sh -c 'echo $A $PWD $(hostname)'")
                .hasStatus(0)
                .printed("b / box\n");
        Launched.script(folder, "\"$0\" record --force --pid1 -- sh -c 'echo $$'")
                .hasStatus(0)
                .printed("1\n");
        Launched.script(folder, "\"$0\" record --force -- sh -c 'echo $$'")
                .hasStatus(0)
                .printed("2\n");
        Launched.script(folder, "\"$0\" record --force --read-only -- sh -c 'touch here'")
                .hasStatus(1)
                .said("Read-only file system");
        Launched.script(folder, "\"$0\" record --force --no-new-privileges -- grep NoNewPrivs /proc/self/status")
                .hasStatus(0)
                .printed("NoNewPrivs:\t1\n");
    }
}
