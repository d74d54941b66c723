package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import profgen.Requires;
import profgen.syscall.Errno;

/**
 * A profile recorded from {@code numactl --show} runs it in Docker and stops what it did not do.
 *
 * <p>Exit statuses and errors are tested, never numactl's words, which differ between its versions. A start is repeated, since a profile that lacks a call of the
 * runtime's own fails by chance only.
 */
class DockerProofIT {
    private static final int STARTS = 5;
    private static final List<String> NUMACTL = List.of("numactl", "--show");
    private static final List<String> UNCONFINED = List.of("--security-opt", "seccomp=unconfined");
    private static final int KILLED_BY_SIGSYS = 128 + 31;

    @TempDir
    private static Path folder;

    private static Docker docker;
    private static Path root;
    private static String image;
    private static Recorder recorder;

    @BeforeAll
    static void record_numactl_of_the_image() throws IOException {
        Requires.docker();
        Requires.root();
        Requires.command("debootstrap");
        Requires.command("gcc");
        docker = Docker.open();
        image = docker.importImage(DebianRootfs.tar());
        root = DebianRootfs.unpack();
        recorder = new Recorder(folder);
        recorder.command(List.of("--rootfs", root.toString()), NUMACTL).run().hasStatus(0);
    }

    @AfterAll
    static void leave_nothing() {
        if (docker != null) {
            docker.close();
        }
        if (root != null) {
            DebianRootfs.remove(root);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("runtimes")
    void without_a_profile_and_a_capability_numactl_fails(String runtime) {
        numactl(1, runtime, List.of());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("runtimes")
    void with_the_profile_and_the_capability_numactl_works(String runtime) {
        numactl(0, runtime, options(recorder.profile(), "--cap-add", "SYS_NICE"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("runtimes")
    void with_the_profile_but_no_capability_the_gate_holds(String runtime) {
        numactl(1, runtime, options(recorder.profile()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("runtimes")
    void with_the_observed_gates_numactl_works_without_any_capability(String runtime) {
        Path profile = generated("--gates", "observed");
        numactl(0, runtime, options(profile));
        numactl(
                0,
                runtime,
                options(profile, "--user", "1000", "--cap-drop", "ALL", "--security-opt", "no-new-privileges"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("runtimes")
    void with_no_new_privileges_a_smaller_profile_is_enough(String runtime) throws IOException {
        Path profile = generated("--gates", "observed", "--no-new-privileges");
        assertThat(Files.size(profile)).isLessThan(Files.size(generated("--gates", "observed")));
        numactl(0, runtime, options(profile, "--user", "1000", "--security-opt", "no-new-privileges"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("runtimes")
    void with_dockers_init_as_first_process_the_profile_that_allows_for_it_works(String runtime) {
        numactl(0, runtime, options(generated("--gates", "observed", "--init"), "--init"));
    }

    @Test
    void programs_that_do_what_was_not_recorded_are_refused() {
        List<String> unshare = List.of("unshare", "-r", "true");
        List<String> mount = List.of("mount", "-t", "tmpfs", "none", "/mnt");
        // Without a filter both work, so that the refusal is the filter's.
        List<String> administrator = List.of("--cap-add", "SYS_ADMIN", "--security-opt", "apparmor=unconfined");
        start(join(UNCONFINED, administrator), unshare).hasStatus(0);
        start(join(UNCONFINED, administrator), mount).hasStatus(0);

        everyStart(1, join(options(recorder.profile()), administrator), unshare);
        // mount's own status for a failure; 125 and up would be Docker's for a container that did not start.
        for (int i = 0; i < STARTS; i++) {
            Ended ended = start(join(options(recorder.profile()), administrator), mount);
            assertThat(ended.status()).as(ended.inWords()).isBetween(1, 124);
        }
    }

    @Test
    void calls_that_were_not_recorded_get_the_filters_error_not_the_kernels() throws IOException {
        List<String> options = new ArrayList<>(List.of("--cap-add", "SYS_ADMIN", "--cap-add", "SYS_BOOT"));
        options.addAll(List.of("-v", Workloads.compiled("refused") + ":/refused:ro"));

        assertThat(errnos(start(join(UNCONFINED, options), List.of("/refused")).hasStatus(0)))
                .isEqualTo(Map.ofEntries(
                        Map.entry("reboot", "EINVAL"),
                        Map.entry("mount", "EFAULT"),
                        Map.entry("umount2", "EINVAL"),
                        Map.entry("unshare", "EINVAL"),
                        Map.entry("setns", "EBADF"),
                        Map.entry("sethostname", "EINVAL"),
                        Map.entry("chroot", "EFAULT"),
                        Map.entry("socket", "EAFNOSUPPORT"),
                        Map.entry("ptrace", "ESRCH"),
                        Map.entry("bpf", "EINVAL"),
                        Map.entry("clone3", "EINVAL"),
                        Map.entry("get_mempolicy", "0")));

        Map<String, String> refused = errnos(start(join(options(recorder.profile()), options), List.of("/refused"))
                .hasStatus(0));
        assertThat(refused.remove("clone3")).as("libc falls back to clone").isEqualTo("ENOSYS");
        assertThat(refused.values()).as("%s", refused).hasSize(11).containsOnly("EPERM");
    }

    @Test
    void a_call_of_a_foreign_abi_ends_the_program() throws IOException {
        List<String> program = List.of("/foreign");
        List<String> mount = List.of("-v", Workloads.compiled("foreign") + ":/foreign:ro");
        Requires.orSkip(start(join(UNCONFINED, mount), program).succeeded(), "a kernel with 32-bit emulation");
        everyStart(KILLED_BY_SIGSYS, join(options(recorder.profile()), mount), program);
    }

    private static Path generated(String... policy) {
        Path profile = folder.resolve(String.join("", policy) + ".json");
        List<String> words = new ArrayList<>(List.of(Checkout.launcher().toString(), "generate"));
        words.addAll(List.of(recorder.recordingFile().toString(), "--force", "-o", profile.toString()));
        words.addAll(List.of(policy));
        BoundedCommand.of(words).run().hasStatus(0);
        return profile;
    }

    private static List<String> options(Path profile, String... more) {
        return join(List.of("--security-opt", "seccomp=" + profile), List.of(more));
    }

    private static List<String> join(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    /** The one that Docker takes by itself, and crun if it is registered. */
    static Stream<String> runtimes() {
        List<String> registered = Docker.docker("info", "--format", "{{range $name, $_ := .Runtimes}}{{$name}} {{end}}")
                .hasStatus(0)
                .out()
                .lines()
                .flatMap(line -> Stream.of(line.split(" ")))
                .toList();
        String usual =
                Docker.docker("info", "--format", "{{.DefaultRuntime}}").out().strip();
        return Stream.of(usual, "crun").distinct().filter(registered::contains);
    }

    private static void numactl(int status, String runtime, List<String> options) {
        everyStart(status, join(List.of("--runtime", runtime), options), NUMACTL);
    }

    private static void everyStart(int status, List<String> options, List<String> command) {
        for (int i = 0; i < STARTS; i++) {
            start(options, command).hasStatus(status);
        }
    }

    private static Ended start(List<String> options, List<String> command) {
        return docker.run(image, options, command);
    }

    /** The answers that testdata/workloads/refused.c prints. */
    private static Map<String, String> errnos(Ended ended) {
        Map<String, String> answers = new TreeMap<>();
        ended.out().lines().map(line -> line.split(" ", -1)).forEach(parts -> {
            int number = Integer.parseInt(parts[1]);
            answers.put(parts[0], number == 0 ? "0" : Errno.name(number));
        });
        return answers;
    }
}
