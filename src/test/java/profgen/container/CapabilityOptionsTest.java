package profgen.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import profgen.BadInputException;
import profgen.capability.Capability;
import profgen.capability.CapabilitySet;

class CapabilityOptionsTest {
    @Test
    void without_options_a_container_has_dockers_14() {
        assertThat(CapabilityOptions.DEFAULT.bounding()).isEqualTo(CapabilitySet.DOCKER_DEFAULT);
    }

    @Test
    void prefix_and_case_do_not_matter() {
        assertThat(bounding(List.of("sys_nice"), List.of("CAP_chown")))
                .isEqualTo(CapabilitySet.DOCKER_DEFAULT
                        .with(Capability.CAP_SYS_NICE)
                        .without(Capability.CAP_CHOWN));
    }

    @Test
    void all_dropped_leaves_what_is_added() {
        assertThat(bounding(List.of("SYS_NICE"), List.of("ALL")))
                .isEqualTo(CapabilitySet.NONE.with(Capability.CAP_SYS_NICE));
    }

    @Test
    void all_added_leaves_out_what_is_dropped_by_name() {
        assertThat(bounding(List.of("ALL"), List.of("SYS_ADMIN", "ALL")))
                .isEqualTo(CapabilitySet.ALL.without(Capability.CAP_SYS_ADMIN));
    }

    @Test
    void added_and_dropped_stays() {
        assertThat(bounding(List.of("CHOWN"), List.of("CHOWN"))).isEqualTo(CapabilitySet.DOCKER_DEFAULT);
    }

    @Test
    void an_unknown_name_is_answered_with_the_nearest() {
        assertThatThrownBy(() -> bounding(List.of("SYS_NISE"), List.of()))
                .isInstanceOf(BadInputException.class)
                .hasMessage("--cap-add SYS_NISE: unknown capability")
                .extracting(failure -> ((BadInputException) failure).hint())
                .asString()
                .startsWith("nearest: SYS_NICE, ");
    }

    private static CapabilitySet bounding(List<String> added, List<String> dropped) {
        return new CapabilityOptions(added, dropped).bounding();
    }
}
