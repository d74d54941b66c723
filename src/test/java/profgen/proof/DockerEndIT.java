package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import profgen.Requires;

/** The tests' own tool: nothing that they start in Docker outlives them. */
class DockerEndIT {
    @Test
    void a_container_that_does_not_end_is_ended_with_its_client_and_the_image_removed() throws IOException {
        Requires.docker();
        Requires.root();
        Requires.command("debootstrap");
        Docker docker = Docker.open();
        try (docker) {
            String image = docker.importImage(DebianRootfs.tar());
            docker.run(Duration.ofSeconds(5), image, List.of(), List.of("sleep", "1000"))
                    .hasStatus(128 + 9);
            assertThat(docker.own("ps")).isEmpty();
            assertThat(docker.own("images")).containsExactly(image);
        }
        assertThat(docker.own("images")).isEmpty();
    }
}
