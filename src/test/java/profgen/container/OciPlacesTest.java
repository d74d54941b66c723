package profgen.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import profgen.BadInputException;
import profgen.Requires;

class OciPlacesTest {
    private static final String FIRST = "profgen-11111111-2222-3333-4444-555555555555";
    private static final String SECOND = "profgen-1fffffff-2222-3333-4444-555555555555";

    @TempDir
    private Path temporary;

    private Path container(String name, String digits, String shared) throws IOException {
        Path folder = Files.createDirectory(temporary.resolve(name + digits));
        Files.writeString(folder.resolve("runtime"), "runc");
        Files.writeString(
                folder.resolve("config.json"),
                "{\"mounts\":[{\"destination\":\"/.profgen/shared\",\"source\":\"" + shared + "\"}]}");
        return folder;
    }

    private Optional<Path> shared(String name) {
        return new OciPlaces(temporary, List::copyOf).find(name).map(RecordedPlace::shared);
    }

    @Test
    void a_container_is_found_by_the_beginning_of_its_name_if_no_other_has_it() throws IOException {
        container(FIRST, "123", "/first");
        container(SECOND, "7", "/second");
        assertThat(shared(FIRST)).hasValue(Path.of("/first"));
        assertThat(shared("profgen-1f")).hasValue(Path.of("/second"));
        assertThat(shared("profgen-2")).isEmpty();
        assertThatThrownBy(() -> shared("profgen-1"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("profgen-1: several containers");
    }

    @Test
    void a_folder_of_somebody_else_is_no_container_whatever_it_is_called() throws IOException {
        Requires.orSkip(Requires.isRoot(), "root, to give a folder away");
        Path imitation = container(FIRST, "1", "/evil");
        Files.setAttribute(imitation, "unix:uid", 65534);
        assertThat(shared(FIRST)).isEmpty();
        container(FIRST, "2", "/mine");
        assertThat(shared(FIRST)).hasValue(Path.of("/mine"));
    }
}
