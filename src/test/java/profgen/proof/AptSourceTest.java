package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AptSourceTest {
    private static final List<String> TARGETS = List.of(
            "http://mirror.test/debian-security/ bookworm-security main",
            "http://mirror.test/debian/ bookworm contrib",
            "http://mirror.test/debian/ bookworm main");

    @Test
    void the_mirror_of_the_hosts_own_release_is_chosen_not_that_of_its_updates() {
        assertThat(AptSource.choose(TARGETS, List.of("ID=debian", "VERSION_CODENAME=bookworm")))
                .contains(new AptSource("http://mirror.test/debian/", "trixie"));
    }

    @Test
    void another_distribution_gives_its_own_release() {
        assertThat(AptSource.choose(
                        List.of("http://mirror.test/ubuntu/ noble main"),
                        List.of("ID=ubuntu", "VERSION_CODENAME=\"noble\"")))
                .contains(new AptSource("http://mirror.test/ubuntu/", "noble"));
    }

    @Test
    void a_source_named_by_its_suite_serves_as_well() {
        assertThat(AptSource.choose(
                        List.of("http://mirror.test/debian/ stable main"),
                        List.of("ID=debian", "VERSION_CODENAME=bookworm")))
                .contains(new AptSource("http://mirror.test/debian/", "trixie"));
    }

    @Test
    void without_a_main_component_there_is_no_source() {
        assertThat(AptSource.choose(List.of("http://mirror.test/debian/ bookworm contrib"), List.of()))
                .isEmpty();
    }
}
