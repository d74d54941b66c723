package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import profgen.Requires;
import profgen.capability.Capability;
import profgen.capability.CapabilitySet;
import profgen.cli.SandboxHere;
import profgen.recording.Run;

/** Users, capabilities and the network of the built-in container, as the recording and the workload see them. */
class SandboxIT {
    @TempDir
    private Path folder;

    private Recorder recorder;

    @BeforeEach
    void files() {
        Requires.that(SandboxHere.works(), "a machine where the sandbox works");
        recorder = new Recorder(folder);
    }

    @Test
    void without_a_network_there_is_only_the_loopback_interface() {
        Ended ended = recorder.record(0, List.of("--network", "none"), "cat", "/proc/net/dev");
        assertThat(ended.out().lines().skip(2)).singleElement().asString().contains("lo:");
    }

    @Test
    void another_user_has_no_capabilities_and_may_not_regain_any() throws IOException {
        Requires.root();
        Ended ended = recorder.record(0, List.of("--user", "1234:4321"), "sh", "-c", "id -u; id -g; id -G");
        assertThat(ended.out()).isEqualTo("1234\n4321\n4321\n");
        Run.StartState start = start();
        assertThat(start.uid()).isEqualTo(1234);
        assertThat(start.effective()).isEqualTo(CapabilitySet.NONE);
    }

    @Test
    void root_has_dockers_capabilities_and_what_is_added_or_dropped() throws IOException {
        Requires.root();
        recorder.record(0, List.of(), "true");
        assertThat(start().bounding()).isEqualTo(CapabilitySet.DOCKER_DEFAULT);
        assertThat(start().effective()).isEqualTo(CapabilitySet.DOCKER_DEFAULT);
        assertThat(start().seccompMode()).isZero();

        recorder.record(0, List.of("--cap-add", "SYS_NICE", "--cap-drop", "CAP_MKNOD"), "true");
        assertThat(start().bounding())
                .isEqualTo(CapabilitySet.DOCKER_DEFAULT
                        .with(Capability.CAP_SYS_NICE)
                        .without(Capability.CAP_MKNOD));
    }

    private Run.StartState start() throws IOException {
        return Objects.requireNonNull(recorder.run().start());
    }
}
