package profgen.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Text for a document that other programs parse. */
class YamlTest {
    @Test
    void what_looks_like_something_else_stays_text() {
        assertThat(Yaml.quoted("no")).isEqualTo("\"no\"");
        assertThat(Yaml.quoted("a\"b\\c\n: d")).isEqualTo("\"a\\\"b\\\\c\\U0000000a: d\"");
        assertThat(Yaml.quoted("é")).isEqualTo("\"\\U000000e9\"");
    }
}
