package profgen.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import profgen.BadInputException;

class ImageReferenceTest {
    @ParameterizedTest
    @ValueSource(strings = {"nginx", "nginx:1.27", "registry:5000/a/b@sha256:00", "a/b.tar:1", "ocean:1", "tar"})
    void an_engines_name_stays_as_it_is(String text) {
        assertThat(ImageReference.parse(text)).isEqualTo(new ImageReference.Named(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"app.tar", "x/app.tar.gz", "./app", "../app", "/srv/app", "app.tgz", "a:b.tar.zst"})
    void a_path_is_told_by_its_beginning_or_its_end(String text) {
        assertThat(ImageReference.parse(text)).isEqualTo(new ImageReference.Stored(Path.of(text), Optional.empty()));
    }

    @Test
    void behind_a_prefix_stand_a_path_and_a_tag() {
        assertThat(ImageReference.parse("oci:dir"))
                .isEqualTo(new ImageReference.Stored(Path.of("dir"), Optional.empty()));
        assertThat(ImageReference.parse("docker-archive:a.tar:app:2"))
                .isEqualTo(new ImageReference.Stored(Path.of("a.tar"), Optional.of("app:2")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "oci:", "oci::x", "oci-archive:x:"})
    void what_names_nothing_is_refused(String text) {
        assertThatThrownBy(() -> ImageReference.parse(text))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith("--image");
    }
}
