package profgen.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import profgen.capability.Capability;
import profgen.profile.Baseline;
import profgen.syscall.Arch;

class OpenedTest {
    @ParameterizedTest
    @CsvSource({
        "SYS_NICE, get_mempolicy mbind set_mempolicy set_mempolicy_home_node",
        "SYS_CHROOT, chroot",
        "SYS_TIME, clock_settime settimeofday",
        "NET_ADMIN, ''",
    })
    void a_capability_opens_the_calls_that_docker_gates_by_it(String name, String calls) {
        Iterable<String> opened =
                Opened.by(Capability.byName(name).orElseThrow(), Baseline.dockerDefault(), Host.docker(Arch.X86_64));
        assertThat(String.join(" ", opened)).isEqualTo(calls);
    }

    @ParameterizedTest
    @EnumSource(Arch.class)
    void also_calls_of_which_it_changes_the_arguments_or_the_error(Arch arch) {
        assertThat(Opened.by(Capability.CAP_SYS_ADMIN, Baseline.dockerDefault(), Host.docker(arch)))
                .contains("mount", "clone", "clone3");
    }

    /** SYS_ADMIN opens bpf too, but what is asked is what BPF adds to a host. */
    @ParameterizedTest
    @EnumSource(Arch.class)
    void what_another_capability_has_opened_is_opened_by_none_but_that(Arch arch) {
        Host administrator =
                Host.docker(arch).withBounding(Host.docker(arch).bounding().with(Capability.CAP_SYS_ADMIN));
        assertThat(Opened.by(Capability.CAP_BPF, Baseline.dockerDefault(), Host.docker(arch)))
                .isEqualTo(new TreeSet<>(Set.of("bpf")));
        assertThat(Opened.by(Capability.CAP_BPF, Baseline.dockerDefault(), administrator))
                .isEmpty();
    }
}
