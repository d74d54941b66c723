package profgen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import profgen.Requires;
import profgen.recording.Recording;
import profgen.recording.RecordingReader;
import profgen.recording.Run;

/** Which files a recording makes and replaces. */
class OutputsIT {
    @TempDir
    Path folder;

    @Test
    void two_files_are_made_and_nothing_else_stays() throws IOException {
        Launched.script(folder, "\"$0\" record -- ls").hasStatus(0);
        assertThat(names()).containsExactlyInAnyOrder(".out", ".err", "ls.recording.json", "ls.seccomp.json");
    }

    @Test
    void the_same_command_replaces_its_own_files() throws IOException {
        Launched.script(folder, "\"$0\" record -- ls / && \"$0\" record -- ls /")
                .hasStatus(0);
        assertThat(recording("ls").runs()).hasSize(1);
    }

    @Test
    void append_adds_a_run_and_runs_makes_several() throws IOException {
        Launched.script(folder, "\"$0\" record --runs 3 -- ls && \"$0\" record --append -- ls /")
                .hasStatus(0);
        assertThat(recording("ls").runs()).hasSize(4);
    }

    @Test
    void another_commands_files_stay_unless_forced() throws IOException {
        Launched.script(folder, "\"$0\" record -- ls / && \"$0\" record -- ls /tmp")
                .hasStatus(125)
                .said(
                        "profgen: ls.recording.json: is a recording of another command: ls / [bad input]\nhint: --append");
        Launched.script(folder, "\"$0\" record --force -- ls /tmp").hasStatus(0);
        assertThat(recording("ls").runs().get(0).provenance().command()).containsExactly("ls", "/tmp");
    }

    @Test
    void a_profile_that_was_edited_stays_unless_forced() throws IOException {
        Launched.script(
                        folder,
                        "\"$0\" record -- ls / && sed -i s/read/write/ ls.seccomp.json && \"$0\" record -- ls /")
                .hasStatus(125)
                .said("profgen: ls.seccomp.json: is there and is not as profgen wrote it [bad input]");
        Launched.script(folder, "\"$0\" record --force -- ls /").hasStatus(0);
    }

    @Test
    void any_other_file_stays_and_the_workload_does_not_run() throws IOException {
        Files.writeString(folder.resolve("touch.recording.json"), "mine");
        Launched.script(folder, "\"$0\" record -- touch ran").hasStatus(125).said("is no recording that profgen made");
        assertThat(folder.resolve("ran")).doesNotExist();
        assertThat(folder.resolve("touch.recording.json")).hasContent("mine");
    }

    @Test
    void a_profile_without_its_recording_stays() throws IOException {
        Launched.script(folder, "\"$0\" record -- ls / && rm ls.recording.json && \"$0\" record -- ls /")
                .hasStatus(125)
                .said("ls.seccomp.json: is there without its recording ls.recording.json");
    }

    @Test
    void runs_that_went_before_one_that_cannot_start_are_kept() throws IOException {
        Path once = Files.writeString(folder.resolve("once"), "#!/bin/sh\nrm \"$0\"\n");
        Files.setPosixFilePermissions(once, PosixFilePermissions.fromString("rwxr-xr-x"));
        Launched.script(folder, "\"$0\" record --runs 2 -- ./once; [ $? -ne 0 ]")
                .hasStatus(0);
        assertThat(recording("once").runs()).hasSize(2).anyMatch(Run::complete);
    }

    @Test
    void a_folder_that_cannot_be_written_is_found_before_the_workload_runs() throws IOException {
        Launched.script(folder, "\"$0\" record -o no/such.json -- touch ran")
                .hasStatus(125)
                .said("profgen: no/such.json: cannot be written: the folder does not exist [bad input]");
        Launched.script(folder, "\"$0\" record --recording . -- touch ran")
                .hasStatus(125)
                .said("is a folder");
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @Test
    void a_profile_goes_to_standard_output_after_the_workloads_own() throws IOException {
        Launched run =
                Launched.script(folder, "\"$0\" record -o - -- echo hello").hasStatus(0);
        assertThat(run.out()).startsWith("hello\n{\n\t\"defaultAction\"").endsWith("}\n");
        assertThat(names()).doesNotContain("echo.seccomp.json", "-");
    }

    @Test
    void the_summary_as_json_is_one_object_on_standard_error() throws IOException {
        Launched run = Launched.script(folder, "\"$0\" record --json -- echo hello")
                .hasStatus(0)
                .printed("hello\n");
        assertThat(run.err().lines()).singleElement().asString().startsWith("{\"status\":0,");
    }

    @Test
    void a_failure_as_json_has_its_class() throws IOException {
        Launched.script(folder, "\"$0\" record --json --cap-add NICE -- true")
                .hasStatus(125)
                .said("{\"error\":{\"class\":\"bad input\",\"message\":\"--cap-add NICE: unknown capability\",");
    }

    @Test
    void on_a_full_disk_the_journal_stays_and_that_is_said() throws IOException {
        Requires.root();
        Requires.that(
                Requires.answers("unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt"),
                "the right to mount a tmpfs");
        Launched run = Launched.script(
                folder,
                "unshare -m sh -c 'mkdir d && mount -t tmpfs -o size=40k none d && cd d && "
                        + "\"$0\" record -- sh -c \"cat /dev/zero >full 2>/dev/null; truncate -s -20K full\" ;"
                        + "echo $?; ls -a' \"$0\"");
        run.said("cannot be written: No space left on device", "hint: nothing is lost: profgen recover .sh.");
        assertThat(run.out()).startsWith("125\n").contains(".journal\n").doesNotContain("recording.json");
    }

    private Recording recording(String name) {
        return RecordingReader.read(folder.resolve(name + ".recording.json"));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }
}
