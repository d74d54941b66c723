package profgen.capability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CapabilityTest {
    @Test
    void the_order_is_that_of_the_kernels_header() throws IOException {
        assertThat(headerLines())
                .containsExactly(Arrays.stream(Capability.values())
                        .map(capability -> capability.number() + "\t" + capability.name())
                        .toArray(String[]::new));
    }

    private static String[] headerLines() throws IOException {
        try (InputStream in = Capability.class.getResourceAsStream("/profgen/capability/capabilities.tsv")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toArray(String[]::new);
        }
    }

    @Test
    void dockers_fourteen_have_dockers_mask() {
        assertThat(CapabilitySet.DOCKER_DEFAULT.asSet()).hasSize(14);
        assertThat(CapabilitySet.DOCKER_DEFAULT.mask()).isEqualTo(0xa80425fbL);
        assertThat(CapabilitySet.fromMask(0xa80425fbL)).isEqualTo(CapabilitySet.DOCKER_DEFAULT);
    }

    @Test
    void a_mask_survives_the_way_through_a_set() {
        for (Capability capability : Capability.values()) {
            long mask = 1L << capability.number();
            assertThat(CapabilitySet.fromMask(mask).names()).containsExactly(capability.name());
            assertThat(CapabilitySet.fromMask(mask).mask()).isEqualTo(mask);
        }
        assertThat(CapabilitySet.fromMask(-1)).isEqualTo(CapabilitySet.ALL);
        assertThat(CapabilitySet.fromMask(0)).isEqualTo(CapabilitySet.NONE);
    }

    @Test
    void a_name_is_found_in_any_case_with_or_without_its_prefix() {
        assertThat(Capability.byName("sys_nice")).contains(Capability.CAP_SYS_NICE);
        assertThat(Capability.byName("CAP_SYS_NICE")).contains(Capability.CAP_SYS_NICE);
        assertThat(Capability.byName("SYS_NICER")).isEmpty();
    }

    @Test
    void adding_and_dropping_leave_the_original_as_it_was() {
        CapabilitySet more = CapabilitySet.DOCKER_DEFAULT.with(Capability.CAP_SYS_NICE);

        assertThat(more.contains(Capability.CAP_SYS_NICE)).isTrue();
        assertThat(CapabilitySet.DOCKER_DEFAULT.contains(Capability.CAP_SYS_NICE))
                .isFalse();
        assertThat(more.without(Capability.CAP_SYS_NICE)).isEqualTo(CapabilitySet.DOCKER_DEFAULT);
        assertThat(more.containsAll(CapabilitySet.DOCKER_DEFAULT)).isTrue();
    }
}
