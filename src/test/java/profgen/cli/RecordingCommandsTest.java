package profgen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import profgen.recording.Recording;
import profgen.recording.RecordingReader;

/** {@code show}, {@code merge} and {@code recover} as a user calls them. */
class RecordingCommandsTest {
    private static final Path JOURNALS = Path.of("testdata/journals");
    private static final String NUMACTL =
            JOURNALS.resolve("numactl/recording.json").toString();
    private static final String FOREIGN =
            JOURNALS.resolve("foreign/recording.json").toString();
    private static final String KILLED = JOURNALS.resolve("killed/run.journal").toString();

    @TempDir
    Path folder = Path.of("");

    private String in(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void show_prints_the_table_and_with_json_an_object() throws IOException {
        assertThat(Cli.run("show", NUMACTL))
                .isEqualTo(new Cli(0, Files.readString(JOURNALS.resolve("numactl/show.txt")), ""));
        assertThat(Cli.run("show", "--json", "--call", "socketcall", "-c", "getppid", FOREIGN))
                .isEqualTo(new Cli(0, Files.readString(Path.of("testdata/show/foreign.json")), ""));
    }

    @Test
    void show_of_a_name_that_no_architecture_has_is_bad_input() {
        Cli run = Cli.run("show", "--call", "opnat", NUMACTL);
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err()).startsWith("profgen: opnat: no system call has this name\nhint: did you mean ");
    }

    @Test
    void merge_keeps_the_runs_of_both_and_leaves_its_inputs_alone() throws IOException {
        String before = Files.readString(Path.of(NUMACTL));
        assertThat(Cli.run("merge", NUMACTL, FOREIGN, "-o", in("a.json"))).isEqualTo(new Cli(0, "", ""));
        assertThat(Cli.run("merge", FOREIGN, NUMACTL, FOREIGN, "-o", in("b.json"))
                        .status())
                .isZero();
        assertThat(folder.resolve("a.json")).hasSameBinaryContentAs(folder.resolve("b.json"));
        assertThat(RecordingReader.read(folder.resolve("a.json")).runs()).hasSize(2);
        assertThat(Cli.run("merge", NUMACTL, "-o", "-")).isEqualTo(new Cli(0, before, ""));
        assertThat(Files.readString(Path.of(NUMACTL))).isEqualTo(before);
    }

    @Test
    void merge_adds_to_one_of_its_inputs_but_replaces_no_other_file_without_force() throws IOException {
        Files.copy(Path.of(NUMACTL), folder.resolve("a.json"));
        assertThat(Cli.run("merge", in("a.json"), FOREIGN, "-o", in("a.json")).status())
                .isZero();
        assertThat(RecordingReader.read(folder.resolve("a.json")).runs()).hasSize(2);
        assertThat(Cli.run("merge", NUMACTL, "-o", in("a.json")))
                .isEqualTo(
                        new Cli(3, "", "profgen: " + in("a.json") + ": exists already\nhint: --force replaces it\n"));
        assertThat(Cli.run("merge", NUMACTL, "--force", "-o", in("a.json")).status())
                .isZero();
        assertThat(RecordingReader.read(folder.resolve("a.json")).runs()).hasSize(1);
    }

    @Test
    void merge_prefers_the_whole_run_to_the_recovered_one_and_says_that_they_differ() throws IOException {
        String whole = Files.readString(JOURNALS.resolve("pipeline/run.journal"));
        Files.writeString(folder.resolve("torn.journal"), whole.substring(0, 3000));
        assertThat(Cli.run("recover", in("torn.journal"), "-o", in("torn.json")).status())
                .isEqualTo(5);
        Cli run = Cli.run(
                "merge",
                in("torn.json"),
                JOURNALS.resolve("pipeline/recording.json").toString(),
                "-o",
                in("m.json"));
        assertThat(run.status()).isZero();
        assertThat(run.err()).contains("is there with different contents: one is kept, a complete one if there is any");
        assertThat(RecordingReader.read(folder.resolve("m.json")).isComplete()).isTrue();
    }

    @Test
    void recover_of_a_torn_journal_writes_an_incomplete_recording_and_says_why() {
        Cli run = Cli.run("recover", KILLED, "-o", in("r.json"));
        assertThat(run)
                .isEqualTo(new Cli(
                        5,
                        "",
                        "profgen: " + KILLED + ": the last line of the journal was cut off\n" + "profgen: " + KILLED
                                + ": the journal has no end: the recorder was killed or is still at work\n"));
        Recording recording = RecordingReader.read(folder.resolve("r.json"));
        assertThat(recording.isComplete()).isFalse();
        assertThat(recording.runs().get(0).calls()).hasSize(15);
    }

    @Test
    void recover_of_a_whole_journal_is_a_success() {
        String journal = JOURNALS.resolve("numactl/run.journal").toString();
        Cli run = Cli.run("recover", journal, "-o", "-");
        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(RecordingReader.parse(run.out(), "out").isComplete()).isTrue();
        assertThat(Cli.run("recover", NUMACTL, "-o", "-"))
                .isEqualTo(new Cli(
                        3, "", "profgen: " + NUMACTL + ": is no journal of profgen: its first line does not say so\n"));
    }

    @Test
    void recover_of_a_run_that_never_began_says_so() throws IOException {
        String start =
                Files.readAllLines(JOURNALS.resolve("numactl/run.journal")).get(0);
        Files.writeString(
                folder.resolve("x.journal"),
                start
                        + "\n{\"t\":\"error\",\"stage\":\"exec\",\"errno\":2,\"message\":\"nosuch: command not found\"}\n");
        assertThat(Cli.run("recover", in("x.journal"), "-o", in("r.json")))
                .isEqualTo(new Cli(
                        5, "", "profgen: " + in("x.journal") + ": nothing was recorded: nosuch: command not found\n"));
        assertThat(folder.resolve("r.json")).doesNotExist();
    }
}
