package profgen.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ContainerOptionsTest {
    static final ContainerOptions ALL = all(List.of("--publish=80:80"));

    static ContainerOptions all(List<String> engineArguments) {
        return new ContainerOptions(
                new CapabilityOptions(List.of("SYS_NICE"), List.of("ALL")),
                "none",
                "1000:1000",
                "/tmp",
                "box",
                List.of("A=b"),
                List.of("/etc:/mnt:ro"),
                List.of("/run"),
                List.of("nofile=64:128"),
                "1g",
                List.of(),
                engineArguments,
                true,
                true,
                false,
                true,
                true);
    }

    @Test
    void they_are_the_words_that_a_user_of_docker_would_write() {
        assertThat(String.join(" ", ALL.words()))
                .isEqualTo(
                        "--security-opt no-new-privileges --cap-drop ALL --cap-add SYS_NICE --network none --user 1000:1000"
                                + " --workdir /tmp --hostname box --env A=b --volume /etc:/mnt:ro --tmpfs /run --ulimit nofile=64:128"
                                + " --shm-size 1g --read-only --tty --interactive --publish=80:80");
        assertThat(ContainerOptions.NONE.words()).isEmpty();
    }

    @Test
    void a_recording_tells_them_all_but_the_environment() {
        assertThat(ALL.inWords())
                .containsExactly(
                        "cap-add=SYS_NICE",
                        "cap-drop=ALL",
                        "network=none",
                        "user=1000:1000",
                        "workdir=/tmp",
                        "hostname=box",
                        "volume=/etc:/mnt:ro",
                        "tmpfs=/run",
                        "ulimit=nofile=64:128",
                        "shm-size=1g",
                        "engine-arg=--publish=80:80",
                        "read-only=true",
                        "no-new-privileges=true",
                        "tty=true",
                        "interactive=true");
        assertThat(ContainerOptions.NONE.inWords()).isEmpty();
    }

    @Test
    void a_mount_with_a_comma_in_its_name_is_quoted_as_a_csv_field() {
        assertThat(new Mount("/a", "/b", true).inWords()).isEqualTo("type=bind,source=/a,target=/b,readonly");
        assertThat(new Mount("/a,\"b", "/c", false).inWords()).isEqualTo("type=bind,\"source=/a,\"\"b\",target=/c");
    }
}
