package profgen.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import profgen.BadInputException;

class AtomicFileTest {
    @TempDir
    Path folder;

    @Test
    void the_new_content_replaces_the_old_and_nothing_else_is_left() throws IOException {
        Path file = Files.writeString(folder.resolve("a.json"), "old");
        AtomicFile.write(file, "neu: ä\n");
        // Not hasContent, which reads in the encoding of the locale.
        assertThat(file).content(StandardCharsets.UTF_8).isEqualTo("neu: ä\n");
        assertThat(names()).containsExactly("a.json");
    }

    @Test
    void a_symbolic_link_stays_one_and_its_target_changes() throws IOException {
        Path target = Files.writeString(folder.resolve("target"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), target);
        AtomicFile.write(link, "new");
        assertThat(link).isSymbolicLink();
        assertThat(target).hasContent("new");
    }

    @Test
    void a_failure_leaves_no_temporary_file() throws IOException {
        Path occupied = folder.resolve("name");
        Files.createDirectories(occupied.resolve("below"));
        assertThatThrownBy(() -> AtomicFile.write(occupied, "x")).isInstanceOf(IOException.class);
        assertThat(names()).containsExactly("name");
    }

    @Test
    void an_output_in_a_folder_that_does_not_exist_is_found_before_writing() {
        assertThatThrownBy(() -> OutputTarget.of(folder + "/no/such.json").checkWritable())
                .isInstanceOf(BadInputException.class)
                .hasMessage(folder + "/no/such.json: cannot be written: the folder does not exist");
    }

    @Test
    void the_check_leaves_nothing_behind() throws IOException {
        OutputTarget.of(folder + "/such.json").checkWritable();
        assertThat(names()).isEmpty();
    }

    @Test
    void a_dash_is_standard_output() {
        StringWriter out = new StringWriter();
        OutputTarget.of("-").write("text", new PrintWriter(out));
        assertThat(out).hasToString("text");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }
}
