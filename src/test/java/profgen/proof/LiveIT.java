package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static profgen.proof.Inspected.bounding;
import static profgen.proof.Inspected.changes;
import static profgen.proof.Inspected.inspect;
import static profgen.proof.Inspected.pid;
import static profgen.proof.Inspected.profgen;
import static profgen.proof.Inspected.stack;
import static profgen.proof.Inspected.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import profgen.Requires;
import profgen.capability.CapabilitySet;
import profgen.filter.Filter;
import profgen.filter.FilterStack;
import profgen.filter.Host;
import profgen.filter.Outcome;
import profgen.filter.Resolver;
import profgen.profile.Baseline;
import profgen.syscall.Arch;
import profgen.syscall.KernelVersion;
import profgen.syscall.SyscallTable;

/**
 * What containers really run under is what profgen says of their profiles: on the kernel that enforces it, by the filters that it gives
 * back.
 */
class LiveIT {
    private static final Arch HERE = Arch.byName(System.getProperty("os.arch")).orElseThrow();

    @TempDir
    private static Path folder;

    private static Docker docker;
    private static String image;
    private static String baseline;

    @BeforeAll
    static void an_image_and_the_default_of_this_docker() throws IOException {
        Requires.docker();
        Requires.root();
        Requires.command("debootstrap");
        Requires.command("gcc");
        Requires.that(mode() == 0, "no seccomp filter around the tests: the kernel shows filters to none that has one");
        docker = Docker.open();
        image = docker.importImage(DebianRootfs.tar());
        String version = Docker.docker("version", "--format", "{{.Server.Version}}")
                .hasStatus(0)
                .out();
        baseline = version.startsWith("20.10.") ? "docker-20.10" : version.startsWith("28.") ? "docker-28" : "";
    }

    @AfterAll
    static void leave_nothing() {
        if (docker != null) {
            docker.close();
        }
    }

    @ParameterizedTest(name = "docker run {0}")
    @ValueSource(
            strings = {
                "",
                "--cap-add SYS_NICE",
                "--cap-add SYS_ADMIN --cap-drop CHOWN",
                "--cap-drop ALL --user 1000 --security-opt no-new-privileges"
            })
    void dockers_default_is_enforced_as_its_baseline_is_resolved(String options) throws IOException {
        Requires.orSkip(!baseline.isEmpty(), "a Docker whose default profile is known");
        String id = docker.start(image, words(options), List.of("sleep", "1000"));
        JsonNode live = inspect("--container", id);

        Filter written = Resolver.resolve(
                Baseline.named(baseline).orElseThrow(),
                Host.docker(HERE)
                        .withKernel(KernelVersion.parseRelease(System.getProperty("os.version"))
                                .orElseThrow())
                        .withBounding(CapabilitySet.fromMask(bounding(live))));
        assertThat(stack(live).programs()).hasSize(1);
        assertThat(new BoundaryCalls(written, stack(live)).differences()).isEmpty();
        profgen("diff", "--live", "--container", id, baseline).hasStatus(0);
    }

    @Test
    void a_profile_of_ones_own_is_enforced_as_written_and_one_changed_rule_is_shown_by_a_call() throws IOException {
        Path written = profile("SCMP_CMP_EQ");
        String id = docker.start(image, List.of("--security-opt", "seccomp=" + written), List.of("sleep", "1000"));
        profgen("diff", "--live", "--container", id, written.toString()).hasStatus(0);

        Ended ended = profgen(
                        "diff",
                        "--live",
                        "--format",
                        "json",
                        Integer.toString(pid(id)),
                        profile("SCMP_CMP_GE").toString())
                .hasStatus(1);
        List<JsonNode> changes = changes(Inspected.json(ended));
        assertThat(changes).as(ended.out()).hasSize(1);
        assertThat(changes.get(0).path("kind").asText()).isEqualTo("arguments-widened");
        assertThat(changes.get(0).path("witness").path("text").asText()).isEqualTo("socket(17, 0, 0)");
        assertThat(stack(inspect("--container", id)).outcome(HERE.nativeAbi(), syscall("socket"), 17))
                .isEqualTo(Outcome.ALLOW);
        assertThat(stack(inspect("--container", id)).outcome(HERE.nativeAbi(), syscall("socket"), 16))
                .isEqualTo(Outcome.errno(97));
    }

    @Test
    void without_confinement_there_is_nothing_and_that_is_no_default() {
        String id = docker.start(image, List.of("--security-opt", "seccomp=unconfined"), List.of("sleep", "1000"));
        profgen("diff", "--live", "--container", id, "unconfined").hasStatus(0);
        profgen("diff", "--live", "--container", id, "docker-default").hasStatus(1);
        assertThat(profgen("inspect", "--container", id).hasStatus(0).out())
                .contains("seccomp       none\n")
                .endsWith("every call of " + HERE.nativeAbi().label() + ": allow\n");
    }

    @Test
    void the_process_goes_on_as_if_nothing_had_been() throws IOException {
        Path pipes = Files.createDirectory(folder.resolve("pipes"));
        BoundedCommand.of("mkfifo", pipes + "/go").run().hasStatus(0);
        String id = docker.start(
                image,
                List.of("-v", pipes + ":/pipes"),
                List.of("sh", "-c", "read word </pipes/go; echo \"went on: $word\"; exit 7"));
        int pid = pid(id);
        List<String> before = state(pid);
        assertThat(before).contains("TracerPid:\t0");
        for (int i = 0; i < 5; i++) {
            inspect(Integer.toString(pid));
        }
        assertThat(state(pid)).isEqualTo(before);

        BoundedCommand.of("sh", "-c", "echo all >" + pipes + "/go").run().hasStatus(0);
        assertThat(Docker.docker("wait", id).out().strip()).isEqualTo("7");
        assertThat(Docker.docker("logs", id).out()).isEqualTo("went on: all\n");
        assertThat(profgen("inspect", "--container", id).hasStatus(3).err())
                .isEqualTo("profgen: container " + id + ": does not run, says docker (exited)\n");
    }

    @Test
    void of_two_filters_the_kernel_does_what_profgen_says_of_both() throws IOException {
        int setattr = 442;
        int pivot = syscall("pivot_root");
        List<String> mounted = List.of("-i", "-v", Workloads.act() + ":/act:ro");
        List<String> command = List.of("/act", "without", "mount_setattr", "/act", "errno", "" + setattr, "" + pivot);
        String id = docker.start(image, mounted, command);
        docker.awaitLog(id, "" + pivot);
        FilterStack stack = stack(inspect("--container", id));

        assertThat(stack.programs()).hasSize(2);
        assertThat(stack.programs().get(0).outcome(HERE.nativeAbi(), pivot))
                .as("the newest filter is that of act")
                .isEqualTo(Outcome.ALLOW);
        assertThat(Docker.docker("logs", id).out())
                .isEqualTo(answer(stack, setattr) + answer(stack, pivot))
                .isEqualTo(setattr + " 38\n" + pivot + " 1\n");
        Requires.orSkip(!baseline.isEmpty(), "a Docker whose default profile is known");
        Ended ended = profgen("diff", "--live", "--container", id, baseline).hasStatus(1);
        assertThat(ended.out()).contains(": 1 change: 1 other\n").contains("mount_setattr");
    }

    @Test
    void strict_mode_is_said_and_is_its_baseline() throws IOException {
        try (Copying process = Copying.start(Workloads.act(), "strict")) {
            assertThat(profgen("inspect", process.id()).hasStatus(0).out())
                    .contains("seccomp       strict\n")
                    .contains("but these: kill the thread (SIGKILL)\n")
                    .contains("note: strict mode kills with SIGKILL")
                    .containsPattern("(?m)^ *\\d+  write +allow$");
            Ended ended = profgen("diff", "--live", process.id(), "strict");
            if (HERE == Arch.X86_64) {
                assertThat(ended.hasStatus(1).out())
                        .contains("1 change: 1 loosened")
                        .contains("abi-opened");
            } else {
                ended.hasStatus(0);
            }
            process.stillCopies();
        }
    }

    @Test
    void a_thread_with_another_filter_is_told() throws IOException {
        try (Copying process = Copying.start(Workloads.act(), "thread")) {
            Ended leader = profgen("inspect", process.id()).hasStatus(0);
            assertThat(leader.out())
                    .containsPattern("note: 1 of 2 threads run under something else than " + process.id()
                            + ", which is what is shown: [0-9]+ \\(mode 2, filters: 1\\)");
            String thread = leader.out().replaceFirst("(?s).*is shown: ([0-9]+).*", "$1");
            assertThat(profgen("inspect", thread).hasStatus(0).out())
                    .contains("process       " + thread + ", a thread of " + process.id())
                    .contains("filter: one of 4 instructions")
                    .containsPattern("pivot_root +errno 22 \\(EINVAL\\)");
            process.stillCopies();
        }
    }

    @Test
    void capabilities_are_those_that_getpcaps_prints() throws IOException {
        Requires.command("getpcaps");
        for (String options : List.of(
                "", "--user 1000", "--cap-drop ALL --cap-add SYS_TIME", "--cap-add NET_ADMIN --cap-drop KILL")) {
            String id = docker.start(image, words(options), List.of("sleep", "1000"));
            assertThat(profgen("caps", "--container", id).hasStatus(0).out())
                    .contains("container     " + id + " (docker)\n");
            String expected = BoundedCommand.of("getpcaps", "" + pid(id))
                    .run()
                    .hasStatus(0)
                    .out();
            assertThat(pid(id) + ": "
                            + inspect("--container", id)
                                    .path("capabilities")
                                    .path("getpcaps")
                                    .asText() + "\n")
                    .as(options)
                    .isEqualTo(expected);
        }
    }

    @Test
    void what_is_no_container_or_process_is_said_in_one_line() {
        assertThat(profgen("inspect", "--container", "no-such-container")
                        .hasStatus(3)
                        .err())
                .startsWith("profgen: container no-such-container: there is none, says docker")
                .hasLineCount(1);
    }

    /** Netlink sockets are refused; {@code operator} compares argument 0 with their family, 16. */
    private static Path profile(String operator) throws IOException {
        return Files.writeString(folder.resolve(operator + ".json"), """
                {"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"names": ["socket"], "action": "SCMP_ACT_ERRNO",
                  "errnoRet": 97, "args": [{"index": 0, "value": 16, "op": "%s"}]}]}
                """.formatted(operator));
    }

    /** As act prints it. */
    private static String answer(FilterStack stack, int number) {
        Outcome outcome = stack.outcome(HERE.nativeAbi(), number, -1, -1, -1, -1, -1, -1);
        return number + " " + outcome.data() + "\n";
    }

    private static int syscall(String name) {
        return SyscallTable.of(HERE.nativeAbi()).number(name).orElseThrow();
    }

    private static int mode() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("Seccomp:"))
                .mapToInt(line ->
                        Integer.parseInt(line.substring("Seccomp:".length()).strip()))
                .findFirst()
                .orElse(0);
    }

    private static List<String> words(String options) {
        return options.isEmpty() ? List.of() : List.of(options.split(" ", -1));
    }
}
