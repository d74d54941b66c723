package profgen.generate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import profgen.profile.ProfileReader;
import profgen.syscall.Arch;

class ProfileSealTest {
    private static final String TEXT = Generator.generate(
                    Runs.on(Arch.X86_64).call("read", "write").recording(), Policy.DEFAULT)
            .text();

    @Test
    void what_profgen_wrote_is_intact_and_reads_as_a_profile() {
        assertThat(ProfileSeal.isIntact(TEXT)).isTrue();
        assertThat(ProfileSeal.seal(TEXT)).isEqualTo(TEXT);
        assertThat(ProfileReader.parse(TEXT, "x").syscalls().get(0).comment()).contains("sealed sha256:");
    }

    @Test
    void any_change_breaks_the_seal() {
        for (int i = 0; i < TEXT.length(); i += 7) {
            String changed = TEXT.substring(0, i) + '~' + TEXT.substring(i + 1);
            assertThat(ProfileSeal.isIntact(changed)).as("at %d", i).isFalse();
        }
        assertThat(ProfileSeal.isIntact(TEXT + " ")).isFalse();
        assertThat(ProfileSeal.isIntact(TEXT.replace("\"write\"", "\"mount\""))).isFalse();
    }

    @Test
    void what_has_no_seal_is_not_intact_and_stays_as_it_is() {
        assertThat(ProfileSeal.isIntact("{}")).isFalse();
        assertThat(ProfileSeal.seal("{}")).isEqualTo("{}");
        assertThat(ProfileSeal.isIntact(TEXT.replaceAll("sha256:[0-9a-f]{64}", "sha256:" + "0".repeat(64))))
                .isFalse();
    }
}
