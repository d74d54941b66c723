package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import profgen.Requires;
import profgen.profile.Profile;
import profgen.profile.ProfileReader;
import profgen.profile.ProfileWriter;
import profgen.profile.Rule;

/** {@code verify --image} on Docker: what it says of a profile is so, and no container stays, however a run ended. */
class VerifyInDockerIT {
    private static final List<String> NUMACTL = List.of("--", "numactl", "--show");
    private static final List<String> NICE = List.of("--cap-add", "SYS_NICE");
    private static final String DENY_LIST = """
            {"defaultAction":"SCMP_ACT_ALLOW","syscalls":[
              {"names":["ptrace","chroot","mkdir","mkdirat"],"action":"SCMP_ACT_ERRNO","errnoRet":1}]}
            """;

    @TempDir
    private static Path folder;

    private static Docker docker;
    private static String image;
    private static Recorder recorder;

    @BeforeAll
    static void record_numactl_in_the_image() throws IOException {
        Requires.docker();
        Requires.root();
        Requires.command("debootstrap");
        docker = Docker.open();
        image = docker.importImage(DebianRootfs.tar());
        recorder = new Recorder(folder);
        recorder.command(List.of("--image", image, "--cap-add", "SYS_NICE"), List.of("numactl", "--show"))
                .run()
                .hasStatus(0);
    }

    @AfterAll
    static void leave_nothing() {
        if (docker != null) {
            docker.close();
        }
    }

    @AfterEach
    void no_container_stays() {
        assertThat(Recorder.containers()).isEmpty();
    }

    @SafeVarargs
    private static Ended verify(Object profile, List<String>... words) {
        List<String> all = new ArrayList<>(
                List.of(Checkout.launcher().toString(), "verify", profile.toString(), "--image", image));
        for (List<String> more : words) {
            all.addAll(more);
        }
        return BoundedCommand.of(all).run();
    }

    private static Path without(String... names) throws IOException {
        Profile whole = ProfileReader.read(recorder.profile());
        List<Rule> rules = new ArrayList<>();
        for (Rule rule : whole.syscalls()) {
            rules.add(rule.withNames(rule.names().stream()
                    .filter(name -> !List.of(names).contains(name))
                    .toList()));
        }
        Profile less = new Profile(
                whole.defaultAction(),
                whole.defaultErrnoRet(),
                whole.archMap(),
                whole.architectures(),
                whole.flags(),
                whole.listenerPath(),
                whole.listenerMetadata(),
                rules);
        return Files.writeString(folder.resolve("less.json"), ProfileWriter.write(less));
    }

    @Test
    void a_recorded_profile_works_in_every_run_with_its_capability_and_names_the_gate_without() {
        assertThat(verify(recorder.profile(), NICE, NUMACTL).hasStatus(0).out())
                .contains("pass       5 of 5 runs worked");
        assertThat(verify(recorder.profile(), NUMACTL).hasStatus(1).out())
                .contains("fail       run 1 of 5 ended with status 1, expected 0")
                .containsPattern("denied     get_mempolicy\\(.*errno 1 \\(EPERM\\), by /usr/bin/numactl \\(numactl\\)")
                .contains("needs CAP_SYS_NICE, which the bounding set lacks")
                .contains("--cap-add SYS_NICE");
    }

    @Test
    void a_call_that_the_profile_lacks_is_named_and_fix_adds_it() throws IOException {
        Path less = without("get_mempolicy");
        Path mended = folder.resolve("mended.json");
        List<String> fix = List.of("--runs", "2", "--fix", "-o", mended.toString());
        assertThat(verify(less, NICE, fix, NUMACTL).hasStatus(0).out())
                .containsPattern("denied     get_mempolicy\\(.*: the default action")
                .contains("mended     added get_mempolicy\n", "pass       2 of 2 runs worked");
        assertThat(ProfileReader.read(mended).syscalls())
                .anySatisfy(
                        rule -> assertThat(rule.comment()).contains("added by profgen verify: was refused to numactl"));
    }

    @Test
    void a_runtime_that_cannot_start_is_told_from_the_workload_and_gets_its_calls() throws IOException {
        Path less = without("getdents64");
        assertThat(verify(
                                less,
                                NICE,
                                List.of(
                                        "--runs",
                                        "1",
                                        "--fix",
                                        "-o",
                                        folder.resolve("floor.json").toString()),
                                NUMACTL)
                        .hasStatus(0)
                        .out())
                .contains("the engine could not start the container")
                .contains("runtime    the profile lacks calls of the runtime's own start-up: getdents64");
    }

    @Test
    void a_workload_that_speaks_as_the_engine_does_is_not_taken_for_it() {
        List<String> speaks =
                List.of("--runs", "1", "--expect-status", "1", "--", "sh", "-c", "echo Error: no >&2; exit 1");
        verify("docker-default", speaks).hasStatus(0);
    }

    @Test
    void a_deny_list_denies_in_the_container_and_the_call_is_made_to_show_it() throws IOException {
        Path deny = Files.writeString(folder.resolve("deny.json"), DENY_LIST);
        List<String> calls =
                List.of("--must-deny", "ptrace PTRACE_TRACEME", "--must-deny", "chroot", "--must-deny", "mkdir");
        assertThat(verify(deny, calls, List.of("--user", "1000", "--read-only"))
                        .hasStatus(0)
                        .out())
                .contains(
                        "ptrace PTRACE_TRACEME: denied: answered EPERM, syscalls[0]: any arguments; without the profile it succeeded")
                .contains(
                        "chroot: denied: answered EPERM, syscalls[0]: any arguments; without the profile it answered EFAULT")
                .contains(
                        "mkdir: denied: answered EPERM, syscalls[0]: any arguments; without the profile it answered EFAULT");
        verify("unconfined", List.of("--must-deny", "mkdir")).hasStatus(1);
    }

    @Test
    void without_a_filter_it_works_and_under_the_builtin_default_it_needs_the_capability() {
        List<String> once = List.of("--runs", "1");
        verify("unconfined", once, NUMACTL).hasStatus(0);
        assertThat(verify("docker-default", once, NUMACTL).hasStatus(1).out()).contains("needs CAP_SYS_NICE");
        verify("docker-default", once, NICE, NUMACTL).hasStatus(0);
    }

    @Test
    void a_workload_that_hangs_under_its_profile_is_killed_and_what_it_waits_for_is_named() throws IOException {
        Path deny = Files.writeString(folder.resolve("deny.json"), DENY_LIST);
        List<String> hang =
                List.of("--timeout", "3s", "--", "sh", "-c", "until mkdir /tmp/x 2>/dev/null; do sleep 0.1; done");
        assertThat(verify(deny, hang).hasStatus(1).out())
                .contains("fail       run 1 of 5 did not end in time, and was killed")
                .containsPattern("denied     mkdir\\(.*by /usr/bin/mkdir \\(mkdir\\)");
    }
}
