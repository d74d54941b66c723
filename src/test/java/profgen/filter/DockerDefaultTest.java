package profgen.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import profgen.profile.Baseline;
import profgen.profile.Profile;
import profgen.syscall.Abi;
import profgen.syscall.SyscallTable;

/** Docker's default profile on eight hosts of two architectures: how many calls it allows, and which ones change with the host. */
class DockerDefaultTest {
    private static final Profile DOCKER = Baseline.dockerDefault();
    private static final Set<String> SINCE_KERNEL_4_8 = Set.of("process_vm_readv", "process_vm_writev", "ptrace");
    private static final Set<String> WITH_SYS_NICE =
            Set.of("get_mempolicy", "mbind", "set_mempolicy", "set_mempolicy_home_node");
    private static final Set<String> WITH_SYS_ADMIN = Set.of(
            "bpf",
            "clone",
            "clone3",
            "fanotify_init",
            "fsconfig",
            "fsmount",
            "fsopen",
            "fspick",
            "lookup_dcookie",
            "lsm_get_self_attr",
            "lsm_list_modules",
            "lsm_set_self_attr",
            "mount",
            "mount_setattr",
            "move_mount",
            "open_tree",
            "perf_event_open",
            "quotactl",
            "quotactl_fd",
            "setdomainname",
            "sethostname",
            "setns",
            "syslog",
            "umount2",
            "unshare");

    @ParameterizedTest(name = "{0}: {1} allowed, {2} by argument")
    @CsvSource({
        "x86_64 6.12 docker,                    306, 3",
        "x86_64 6.12 docker +SYS_NICE,          310, 3",
        "x86_64 6.12 docker +SYS_ADMIN,         331, 2",
        "x86_64 6.12 docker none,               305, 3",
        "x86_64 4.4 docker,                     303, 3",
        "x86_64 4.4 docker +SYS_NICE,           307, 3",
        "x86_64 4.4 docker +SYS_ADMIN,          328, 2",
        "x86_64 4.4 docker none,                302, 3",
        "loongarch64 6.12 docker,               261, 3",
        "loongarch64 6.12 docker +SYS_NICE,     265, 3",
        "loongarch64 6.12 docker +SYS_ADMIN,    286, 2",
        "loongarch64 6.12 docker none,          260, 3",
        "loongarch64 4.4 docker,                258, 3",
        "loongarch64 4.4 docker +SYS_NICE,      262, 3",
        "loongarch64 4.4 docker +SYS_ADMIN,     283, 2",
        "loongarch64 4.4 docker none,           257, 3",
    })
    void so_many_calls_are_allowed(String host, int allowed, int byArgument) {
        Filter filter = Resolver.resolve(DOCKER, HostText.parse(host));
        assertThat(allowed(filter)).hasSize(allowed);
        assertThat(byArgument(filter)).hasSize(byArgument);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x86_64", "loongarch64"})
    void the_host_opens_what_the_profile_says_and_nothing_else(String arch) {
        Set<String> plain = allowed(arch + " 6.12 docker");
        assertThat(minus(plain, allowed(arch + " 4.4 docker"))).isEqualTo(SINCE_KERNEL_4_8);
        assertThat(minus(plain, allowed(arch + " 6.12 docker none"))).containsExactly("chroot");
        assertThat(minus(allowed(arch + " 6.12 docker +SYS_NICE"), plain)).isEqualTo(WITH_SYS_NICE);
        assertThat(minus(allowed(arch + " 6.12 docker +SYS_ADMIN"), plain))
                .as("clone is allowed for all flags then")
                .isEqualTo(inTable(arch, WITH_SYS_ADMIN));
        assertThat(plain).doesNotContain("clone", "clone3", "personality", "socket");
    }

    @Test
    void clone_personality_and_socket_are_allowed_by_argument() {
        Filter filter = Resolver.resolve(DOCKER, HostText.parse("loongarch64 6.12 docker"));
        assertThat(byArgument(filter)).containsExactly("clone", "personality", "socket");
        Filter admin = Resolver.resolve(DOCKER, HostText.parse("x86_64 6.12 docker +SYS_ADMIN"));
        assertThat(byArgument(admin)).containsExactly("personality", "socket");
    }

    @Test
    void the_regions_of_socket_leave_out_two_families() {
        Filter filter = Resolver.resolve(DOCKER, HostText.parse("x86_64 6.12 docker"));
        Regions regions = new Regions();
        Region denied = filter.regions(Abi.X86_64, 41, regions).getOrDefault(Outcome.errno(1), regions.none());
        assertThat(denied.witness())
                .hasValueSatisfying(call -> assertThat(call[0]).isEqualTo(38));
        assertThat(denied.contains(40)).isTrue();
        assertThat(denied.contains(39)).isFalse();
        assertThat(denied.contains(0x2800000028L)).as("compared on 64 bits").isFalse();
    }

    @Test
    void containerd_which_reads_no_conditions_opens_43_more() {
        Set<String> more = minus(allowed("x86_64 6.12 containerd"), allowed("x86_64 6.12 docker"));
        assertThat(more).hasSize(43).contains("mount", "bpf", "clone", "clone3", "setns", "get_mempolicy", "reboot");
        assertThat(more).containsAll(WITH_SYS_ADMIN).containsAll(WITH_SYS_NICE);
    }

    @Test
    void docker_denies_clone3_so_that_libc_falls_back() {
        Filter filter = Resolver.resolve(DOCKER, HostText.parse("x86_64 6.12 docker"));
        assertThat(filter.outcome(Abi.X86_64, 435)).isEqualTo(Outcome.errno(Outcome.ENOSYS));
        assertThat(filter.outcome(Abi.X86_64, 56, 0x3d0f00)).isEqualTo(Outcome.ALLOW);
    }

    private static Set<String> allowed(String host) {
        return allowed(Resolver.resolve(DOCKER, HostText.parse(host)));
    }

    private static Set<String> allowed(Filter filter) {
        return names(filter, parts -> parts.size() == 1 && parts.containsKey(Outcome.ALLOW));
    }

    private static Set<String> byArgument(Filter filter) {
        return names(filter, parts -> parts.size() > 1);
    }

    private static Set<String> names(Filter filter, Predicate<Map<Outcome, Region>> wanted) {
        Abi abi = filter.host().arch().nativeAbi();
        Set<String> names = new TreeSet<>();
        SyscallTable.of(abi).names().forEach((number, name) -> {
            if (wanted.test(filter.regions(abi, number, new Regions()))) {
                names.add(name);
            }
        });
        return names;
    }

    private static Set<String> inTable(String arch, Set<String> names) {
        Set<String> there = new TreeSet<>(names);
        Optional<Abi> abi = Abi.byLabel(arch);
        there.removeIf(name -> SyscallTable.of(abi.orElseThrow()).number(name).isEmpty());
        return there;
    }

    private static Set<String> minus(Set<String> some, Set<String> others) {
        Set<String> left = new TreeSet<>(some);
        left.removeAll(List.copyOf(others));
        return left;
    }
}
