package profgen.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import profgen.BadInputException;

class UserDatabaseTest {
    @TempDir
    Path root;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectory(root.resolve("etc"));
        Files.writeString(
                root.resolve("etc/passwd"), "root:x:0:0::/root:/bin/sh\nanna:x:1000:100::/home/anna:/bin/sh\n");
        Files.writeString(root.resolve("etc/group"), "users:x:100:\ndisk:x:6:anna,root\naudio:x:29:bob,anna\n");
    }

    @Test
    void a_name_brings_its_group_and_its_supplementary_groups() {
        assertThat(resolve("anna")).isEqualTo(new UserIds(1000, 100, List.of(6L, 29L)));
    }

    @Test
    void home_is_what_an_engine_would_set() {
        UserDatabase users = UserDatabase.of(root);
        assertThat(users.home(1000)).isEqualTo("/home/anna");
        assertThat(users.home(4711)).isEqualTo("/");
    }

    @Test
    void a_link_that_leads_out_of_the_root_is_no_file_of_it() throws IOException {
        Files.move(root.resolve("etc/passwd"), root.resolveSibling("outside"));
        Files.createSymbolicLink(root.resolve("etc/passwd"), root.resolveSibling("outside"));
        assertThat(resolve("1000")).isEqualTo(new UserIds(1000, 0, List.of()));
        Files.delete(root.resolveSibling("outside"));
    }

    /** A pipe of an image's would be waited for; a file without an end would not fit. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void what_is_no_file_of_a_possible_length_is_no_file() throws IOException, InterruptedException {
        Files.delete(root.resolve("etc/passwd"));
        Files.delete(root.resolve("etc/group"));
        String fifo = root.resolve("etc/passwd").toString();
        assertThat(new ProcessBuilder("mkfifo", fifo).start().waitFor()).isZero();
        try (RandomAccessFile sparse =
                new RandomAccessFile(root.resolve("etc/group").toFile(), "rw")) {
            sparse.setLength(3L << 30);
        }
        assertThat(resolve("1000")).isEqualTo(new UserIds(1000, 0, List.of()));
    }

    @Test
    void a_number_with_an_entry_is_that_user() {
        assertThat(resolve("1000")).isEqualTo(resolve("anna"));
    }

    @Test
    void a_number_without_an_entry_has_group_0() {
        assertThat(resolve("4711")).isEqualTo(new UserIds(4711, 0, List.of()));
    }

    @Test
    void a_given_group_leaves_the_supplementary_ones_out() {
        assertThat(resolve("anna:audio")).isEqualTo(new UserIds(1000, 29, List.of()));
        assertThat(resolve("anna:7")).isEqualTo(new UserIds(1000, 7, List.of()));
    }

    @Test
    void an_unknown_name_is_bad_input() {
        assertThatThrownBy(() -> resolve("bob"))
                .isInstanceOf(BadInputException.class)
                .hasMessage("--user bob: the workload's file system has no user \"bob\"");
        assertThatThrownBy(() -> resolve("anna:nobody")).hasMessageContaining("no group \"nobody\"");
    }

    @Test
    void an_id_that_means_none_is_bad_input() {
        assertThatThrownBy(() -> resolve("4294967295")).isInstanceOf(BadInputException.class);
    }

    @Test
    void a_root_without_these_files_knows_numbers() {
        assertThat(UserDatabase.of(root.resolve("nowhere")).resolve("5:6")).isEqualTo(new UserIds(5, 6, List.of()));
    }

    private UserIds resolve(String text) {
        return UserDatabase.of(root).resolve(text);
    }
}
