package profgen.filter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineTest {
    @ParameterizedTest
    @CsvSource({
        "docker, docker",
        "Docker@20.10.24+dfsg1, docker@20.10.24",
        "podman@4.3, podman@4.3.0",
        "runc@v1.1.5, runc@1.1.5",
        "crun@1, crun@1.0.0",
    })
    void an_engine_is_read_with_its_version(String text, String written) {
        assertThat(Engine.parse(text))
                .hasValueSatisfying(engine -> assertThat(engine.toString()).isEqualTo(written));
    }

    @ParameterizedTest
    @CsvSource({"lxc", "docker@", "docker@new", "docker@1.2.3.4", "@1", "docker 20"})
    void what_is_no_engine_is_not_taken_for_one(String text) {
        assertThat(Engine.parse(text)).isEmpty();
    }

    @Test
    void versions_compare_by_number() {
        EngineVersion newer = EngineVersion.parse("1.1.15").orElseThrow();
        assertThat(newer).isGreaterThan(EngineVersion.parse("1.1.5").orElseThrow());
        assertThat(newer.isBefore(1, 2, 0)).isTrue();
    }
}
