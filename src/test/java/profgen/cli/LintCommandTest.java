package profgen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code lint} as a user calls it. */
class LintCommandTest {
    private static final String FILES = "testdata/profiles/lint/";
    private static final String TYPO = FILES + "unknown-name.json";
    private static final String TWICE = FILES + "name-twice.json";

    @Test
    void an_error_is_status_1_and_a_table() {
        Cli run = Cli.run("lint", "--level", "warning", TYPO);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith(
                        TYPO + ": 1 error, 0 warnings, 0 notes\nLEVEL  ID            PLACE                 FINDING\n"
                                + "error  unknown-name  syscalls[2].names[0]  opnat: unknown system call, did you mean openat");
    }

    @Test
    void a_note_fails_only_if_asked_for_shown_or_not() {
        assertThat(Cli.run("lint", TWICE).status()).isZero();
        assertThat(Cli.run("lint", "--fail-on", "note", "--level", "error", TWICE))
                .isEqualTo(new Cli(1, TWICE + ": 0 errors, 0 warnings, 0 notes\n", ""));
    }

    @Test
    void several_files_are_shown_one_after_the_other_and_baselines_are_files_too() {
        Cli run = Cli.run("lint", "--level", "error", "docker-default", TYPO);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).startsWith("docker-default: 0 errors, 0 warnings, 0 notes\n\n" + TYPO + ": 1 error,");
    }

    @Test
    void json_has_id_path_rule_and_remedy() {
        assertThat(Cli.run("lint", "--json", TYPO).out())
                .contains(
                        "\"id\" : \"unknown-name\"",
                        "\"path\" : \"syscalls[2].names[0]\"",
                        "\"rule\" : 2",
                        "\"remedy\" : ");
    }

    @Test
    void sarif_has_every_rule_and_the_findings_with_their_file() {
        Cli run = Cli.run("lint", "--format", "sarif", "--level", "error", TYPO);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out())
                .contains("\"version\" : \"2.1.0\"", "\"ruleId\" : \"lint/unknown-name\"", "lint/and-becomes-or", TYPO);
    }

    @Test
    void a_comment_is_reported_on_its_line() {
        assertThat(Cli.run("lint", "--json", FILES + "comment-in-json.json").out())
                .containsPattern("(?s)\"comment-in-json\",[^}]*\"line\" : 2,");
        assertThat(Cli.run("lint", "--format", "sarif", FILES + "comment-in-json.json")
                        .out())
                .containsPattern("(?s)line 2: a comment.*?\"startLine\" : 2");
    }

    @Test
    void a_file_that_is_no_profile_and_a_wrong_engine_are_bad_input() {
        assertThat(Cli.run("lint", TYPO, "testdata/profiles/bad/no-text.json"))
                .isEqualTo(
                        new Cli(3, "", "profgen: testdata/profiles/bad/no-text.json: empty: expected a JSON object\n"));
        assertThat(Cli.run("lint", "--engine", "lxc", TYPO).err())
                .startsWith("profgen: --engine lxc: expected docker, podman");
        assertThat(Cli.run("lint", "--fail-on", "never", TYPO).status()).isEqualTo(2);
    }
}
