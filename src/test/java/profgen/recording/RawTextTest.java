package profgen.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawTextTest {
    @Test
    void text_that_is_utf8_stays_as_it_is() {
        String text = "a ä € 😀";
        assertThat(RawText.decode(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
        assertThat(RawText.printable(text)).isEqualTo(text);
    }

    @Test
    void bytes_that_are_not_utf8_come_back_as_they_were() {
        byte[] bytes = {'a', (byte) 0xFF, (byte) 0xC3, 'b', (byte) 0xE2, (byte) 0x82};
        assertThat(RawText.encode(RawText.decode(bytes))).isEqualTo(bytes);
        assertThat(RawText.printable(RawText.decode(bytes))).isEqualTo("a\\xff\\xc3b\\xe2\\x82");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void any_bytes_come_back_as_they_were(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            assertThat(RawText.encode(RawText.decode(bytes))).isEqualTo(bytes);
        }
    }

    @Test
    void the_tracer_gets_visible_ascii_only() {
        assertThat(RawText.percent("a b%c\n" + RawText.decode(new byte[] {(byte) 0xFF}) + "ä~"))
                .isEqualTo("a%20b%25c%0A%FF%C3%A4~");
    }

    @Test
    void a_line_for_the_shell_is_ascii_and_means_the_same() throws IOException {
        assertThat(RawText.shellLine("echo 'a' \"$HOME\"")).isEqualTo("echo 'a' \"$HOME\"");
        String line = RawText.shellLine(
                "x='\u00e4 %s\\' && printf %s \"$x" + RawText.decode(new byte[] {(byte) 0xFF}) + "\"");
        assertThat(line).isASCII();
        Process shell = new ProcessBuilder("sh", "-c", line).start();
        assertThat(shell.getInputStream().readAllBytes())
                .isEqualTo(new byte[] {(byte) 0xC3, (byte) 0xA4, ' ', '%', 's', '\\', (byte) 0xFF});
    }
}
