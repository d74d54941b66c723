package profgen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import profgen.capability.Capability;
import profgen.capability.CapabilitySet;
import profgen.container.CapabilityOptions;
import profgen.container.Network;
import profgen.container.UserIds;
import profgen.container.Workload;

/** What is wrong with a command line is said before anything runs: in one line, with one hint, and with profgen's own status. */
class RecordCommandTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void a_mistake_is_one_line_and_status_125(String options, String line) {
        Cli run = Cli.run(Stream.concat(Stream.of("record"), Stream.of(options.split(" ", -1)))
                .toArray(String[]::new));
        assertThat(run.status()).as(run.err()).isEqualTo(125);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines().findFirst()).contains("profgen: " + line);
        assertThat(run.err().lines().skip(1)).hasSizeLessThanOrEqualTo(1).allMatch(hint -> hint.startsWith("hint: "));
    }

    static List<Arguments> mistakes() {
        return List.of(
                Arguments.of("--nonsense true", "--nonsense: unknown option [usage]"),
                Arguments.of("--append", "record: missing required parameter: 'CMD' [usage]"),
                Arguments.of("--runs 0 true", "--runs 0: expected a number from 1 [bad input]"),
                Arguments.of(
                        "--allow-beyond mont true",
                        "record: --allow-beyond \"mont\": no such system call: did you mean mount? [usage]"),
                Arguments.of("--cap-add SYS_NISE true", "--cap-add SYS_NISE: unknown capability [bad input]"),
                Arguments.of("--cap-drop NOTHING true", "--cap-drop NOTHING: unknown capability [bad input]"),
                Arguments.of("--workdir /no/such true", "--workdir /no/such: no such folder [bad input]"),
                Arguments.of("--rootfs /no/such true", "--rootfs /no/such: no such folder [bad input]"),
                Arguments.of("--env =x true", "--env =x: expected NAME=VALUE [bad input]"),
                Arguments.of(
                        "--user no-such-user true",
                        "--user no-such-user: the workload's file system has no user \"no-such-user\" [bad input]"),
                Arguments.of(
                        "--engine host --network none true",
                        "--network none: means nothing with --engine host [bad input]"),
                Arguments.of("--engine docker true", "--engine docker: makes containers of images [bad input]"),
                Arguments.of("--engine runc true", "--engine runc: needs an image or a root file system [bad input]"),
                Arguments.of("--volume /a:/b true", "--volume: is an option for a container of an engine [bad input]"),
                Arguments.of("--network bridge true", "--network bridge: the sandbox has host and none [bad input]"),
                Arguments.of(
                        "--image x --security-opt seccomp=y true",
                        "--security-opt seccomp=y: the container's filter is profgen's to set [bad input]"),
                Arguments.of(
                        "--image x --init --pid1",
                        "--pid1: with --init the first process is the engine's init [bad input]"),
                Arguments.of("--image x --engine host", "--engine host: runs no image [bad input]"),
                Arguments.of("--image x --engine crun", "--engine crun: has no images of its own: x [bad input]"),
                Arguments.of("--image x --rootfs /", "--rootfs /: an image has a file system of its own [bad input]"),
                Arguments.of("--image /no/such.tar", "/no/such.tar: no such file or folder [bad input]"),
                Arguments.of("--image x.tar --volume /a:/b true", "--volume: is no option of the sandbox [bad input]"),
                Arguments.of(
                        "--image x.tar --image-bytes much",
                        "--image-bytes much: expected a number, and k, m or g behind it [bad input]"),
                Arguments.of(
                        "--for 5 true",
                        "record: invalid value for option '--for': expected a time, e.g. 30s, 5m, 1h30m, 500ms, found"
                                + " \"5\" [usage]"),
                Arguments.of("--ready-call lisen true", "--ready-call lisen: no system call has this name [bad input]"),
                Arguments.of("--ready-log ( true", "--ready-log (: Unclosed group [bad input]"),
                Arguments.of(
                        "--stop-signal TREM true",
                        "--stop-signal TREM: expected a name or a number, e.g. TERM or 15 [bad input]"),
                Arguments.of(
                        "--tracer hope true",
                        "record: invalid value for option '--tracer': expected one of [AUTO, EBPF, LATE, NOTIFY, PTRACE, STRACE] (case-insensitive) but"
                                + " was 'hope' [usage]"),
                Arguments.of("--attach 0", "--attach 0: expected the number of a process [bad input]"),
                Arguments.of("--attach 1 true", "true: what runs already is not run [bad input]"),
                Arguments.of("--attach 999999999", "process 999999999: no such process [bad input]"),
                Arguments.of(
                        "-o - --recording - true",
                        "-: is named for the recording and for the profile: expected two names [bad input]"),
                Arguments.of(
                        "-o /no/such/x.json true",
                        "/no/such/x.json: cannot be written: the folder does not exist [bad input]"));
    }

    @Test
    void the_line_to_run_it_has_what_the_recording_had() {
        Workload workload = new Workload(
                List.of("sh", "-c", "it's"),
                new CapabilityOptions(List.of("NET_ADMIN"), List.of("ALL")),
                Network.NONE,
                new UserIds(1000, 100, List.of()),
                "/w",
                List.of("A=b c"),
                null,
                null,
                true,
                true,
                false);
        CapabilitySet needed = CapabilitySet.NONE.with(Capability.CAP_SYS_NICE).with(Capability.CAP_NET_ADMIN);
        assertThat(RunLine.docker(workload, "p.json", needed, false))
                .isEqualTo("docker run --security-opt seccomp=p.json --security-opt no-new-privileges --cap-drop ALL"
                        + " --cap-add NET_ADMIN --cap-add SYS_NICE --network none --user 1000:100 --workdir /w"
                        + " --env 'A=b c' --read-only IMAGE sh -c 'it'\\''s'");
    }
}
