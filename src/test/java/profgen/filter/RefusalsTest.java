package profgen.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import profgen.profile.ProfileReader;
import profgen.syscall.Arch;

/** With which profiles an engine or its runtime starts no container. */
class RefusalsTest {
    private static List<String> refusals(String keys, EngineKind kind) {
        String text = "{\"defaultAction\": \"SCMP_ACT_ERRNO\", " + keys
                + ", \"syscalls\": [{\"names\": [\"read\"], \"action\": \"SCMP_ACT_ALLOW\"}]}";
        Host host = Host.docker(Arch.X86_64).withEngine(new Engine(kind, null));
        return Resolver.resolve(ProfileReader.parse(text, "test", oddity -> {}), host)
                .refusals();
    }

    @Test
    void runc_knows_fewer_architectures_and_flags_than_crun() {
        String sparse =
                "\"architectures\": [\"SCMP_ARCH_SH\"], \"flags\": [\"SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV\"]";
        assertThat(refusals(sparse, EngineKind.RUNC))
                .containsExactly(
                        "architecture SCMP_ARCH_SH: unknown", "flag SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV: unknown");
        assertThat(refusals(sparse, EngineKind.CRUN)).isEmpty();
        String none = "\"architectures\": [\"SCMP_ARCH_NATIVE\"]";
        assertThat(refusals(none, EngineKind.DOCKER)).containsExactly("architecture SCMP_ARCH_NATIVE: unknown");
        assertThat(refusals(none, EngineKind.CRUN)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"38, true", "ENOSYS, true", "errno 38, false", "4096, false", "ENOSUCH, false", "'', true"})
    void podman_takes_a_number_for_the_name_of_an_error(String name, boolean taken) {
        String keys = "\"defaultErrno\": \"" + name + "\", \"defaultErrnoRet\": 1";
        assertThat(refusals(keys, EngineKind.PODMAN).isEmpty()).isEqualTo(taken);
        assertThat(refusals(keys, EngineKind.DOCKER)).isEmpty();
    }
}
