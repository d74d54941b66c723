package profgen.tracer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import profgen.container.CapabilityOptions;
import profgen.container.EngineKind;
import profgen.container.Network;
import profgen.container.UserIds;
import profgen.container.Workload;

class TracerCommandTest {
    private static final CallerState CALLER =
            new CallerState(Optional.of("4"), Optional.of("1000"), Optional.of("1024"));

    @Test
    void the_host_gets_the_command_and_the_callers_state() {
        assertThat(command(CALLER, Workload.of(List.of("echo", "a b", "")), EngineKind.HOST))
                .isEqualTo(
                        "/t record --journal .a%20b.journal --run-id 0a --until-exit main --progress-interval 0 --ready-call 50"
                                + " --sigmask 4 --sigignore 1000 --nofile-soft 1024 -- echo a%20b ");
    }

    @Test
    void the_sandbox_gets_every_option() {
        Workload workload = new Workload(
                List.of("x"),
                new CapabilityOptions(List.of("SYS_NICE"), List.of("ALL")),
                Network.NONE,
                new UserIds(1, 2, List.of(3L, 4L)),
                "/w d",
                List.of("OF_THE_CALLER", "A=b c"),
                "/r",
                "h",
                true,
                true,
                true);
        CallerState unknown = new CallerState(Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(command(unknown, workload, EngineKind.SANDBOX))
                .contains(" --engine-option rootfs=/r --engine-option hostname=h ")
                .endsWith(
                        " --progress-interval 0 --ready-call 50 --sandbox --cap-bounding 800000 --network none --uid 1 --gid 2"
                                + " --groups 3,4 --rootfs /r --hostname h --read-only --pid1 --workdir /w%20d --unsetenv OF_THE_CALLER --setenv A=b%20c"
                                + " --no-new-privileges -- x");
    }

    private static String command(CallerState caller, Workload workload, EngineKind engine) {
        return String.join(
                " ",
                new TracerCommand(
                                Path.of("/t"),
                                Path.of(".a b.journal"),
                                "0a",
                                caller,
                                false,
                                0,
                                List.of("--ready-call", "50"))
                        .of(workload, engine));
    }
}
