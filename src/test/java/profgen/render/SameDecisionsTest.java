package profgen.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import profgen.capability.Capability;
import profgen.capability.CapabilitySet;
import profgen.filter.Engine;
import profgen.filter.Filter;
import profgen.filter.Host;
import profgen.filter.Regions;
import profgen.filter.Resolver;
import profgen.profile.Baseline;
import profgen.profile.Profile;
import profgen.profile.ProfileReader;
import profgen.syscall.Abi;
import profgen.syscall.Arch;
import profgen.syscall.KernelVersion;
import profgen.syscall.SyscallTable;

/** A form that is read back and resolved for its consumer decides every call and every argument as Docker decides the original. */
class SameDecisionsTest {
    private static final EnumSet<Form> PROFILES =
            EnumSet.of(Form.DOCKER, Form.PODMAN, Form.CRIO, Form.CONTAINERD, Form.KUBERNETES, Form.OCI);

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 15);
    }

    static Stream<Path> generated() throws IOException {
        try (Stream<Path> files = Files.find(
                Path.of("testdata/cases"),
                2,
                (file, is) -> file.getFileName().toString().equals("profile.json"))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void of_random_profiles_with_conditions(long seed) {
        RandomPolicies policies = new RandomPolicies(seed, false);
        Profile profile = policies.next();
        for (Host host : hosts()) {
            for (Form form : PROFILES) {
                assertThat(differing(form, profile, host, "seed " + seed)).isEmpty();
            }
        }
    }

    /** A rule of a name is for all ABIs: runc's ENOSYS, which is not the same for all, may then be out of reach of the two. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void of_random_profiles_that_open_other_abis_or_the_remarks_name_the_call(long seed) {
        Profile profile = new RandomPolicies(seed, true).next();
        for (Host host : hosts()) {
            for (Form form : PROFILES) {
                List<Remark> remarks = render(form, profile, host).remarks();
                if (differing(form, profile, host, "seed " + seed).isEmpty()) {
                    assertThat(remarks)
                            .allMatch(remark -> remark.kind() == Remark.Kind.DECIDED
                                    || remark.kind() == Remark.Kind.WITHOUT_EFFECT
                                    || remark.text().endsWith(": numbers without a name"));
                } else {
                    assertThat(form).isIn(Form.PODMAN, Form.CRIO);
                    assertThat(remarks).anyMatch(remark -> remark.kind() == Remark.Kind.OTHER_ANSWER);
                    assertThat(remarks).noneMatch(remark -> remark.kind() == Remark.Kind.WIDER);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker-default", "docker-28", "podman-default", "strict", "unconfined"})
    void of_the_baselines(String name) {
        Profile profile = Baseline.named(name).orElseThrow();
        for (Host host : hosts()) {
            for (Form form : EnumSet.of(Form.DOCKER, Form.CONTAINERD, Form.KUBERNETES, Form.OCI)) {
                assertThat(differing(form, profile, host, name)).isEmpty();
            }
            for (Form form : EnumSet.of(Form.PODMAN, Form.CRIO)) {
                assertThat(differing(form, profile, host, name)).allMatch(call -> isSaid(render(form, profile, host)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("generated")
    void of_generated_profiles(Path file) {
        Profile profile = ProfileReader.read(file);
        for (Host host : hosts()) {
            for (Form form : EnumSet.of(Form.DOCKER, Form.CONTAINERD, Form.KUBERNETES, Form.OCI)) {
                assertThat(differing(form, profile, host, file.toString())).isEmpty();
            }
        }
    }

    @Test
    void a_rendering_for_both_architectures_holds_on_both() {
        Profile profile = new RandomPolicies(7, false).next();
        List<Host> both = List.of(Host.docker(Arch.X86_64), Host.docker(Arch.LOONGARCH64));
        for (Form form : EnumSet.of(Form.DOCKER, Form.PODMAN, Form.CRIO)) {
            Profile read = ProfileReader.parse(
                    Renderer.render(form, "both", profile, both, "").text(), form.label());
            for (Host host : both) {
                assertThat(differing(Resolver.resolve(profile, host), Resolver.resolve(read, consumer(form, host))))
                        .isEmpty();
            }
        }
    }

    private static boolean isSaid(Rendered rendered) {
        return rendered.remarks().stream().anyMatch(remark -> remark.text().contains(" instead of "));
    }

    private static List<Host> hosts() {
        Host x86 = Host.docker(Arch.X86_64);
        return List.of(
                x86,
                Host.docker(Arch.LOONGARCH64),
                x86.withBounding(CapabilitySet.DOCKER_DEFAULT.with(
                        Capability.byName("SYS_ADMIN").orElseThrow())),
                x86.withBounding(CapabilitySet.NONE).withKernel(new KernelVersion(4, 4)));
    }

    private static Rendered render(Form form, Profile profile, Host host) {
        return Renderer.render(form, "profile", profile, List.of(host), "profile.json");
    }

    private static Set<String> differing(Form form, Profile profile, Host host, String name) {
        Rendered rendered = render(form, profile, host);
        String text = form == Form.KUBERNETES ? rendered.profile() : rendered.text();
        Profile read = ProfileReader.parse(text, name + " for " + form.label());
        return differing(Resolver.resolve(profile, host), Resolver.resolve(read, consumer(form, host)));
    }

    private static Host consumer(Form form, Host host) {
        String engine = form == Form.KUBERNETES ? "containerd" : form == Form.OCI ? "runc" : form.label();
        return host.withEngine(Engine.parse(engine).orElseThrow());
    }

    /** Named calls; ABIs that one of them alone opens differ in their calls. */
    private static Set<String> differing(Filter original, Filter read) {
        Set<String> differing = new TreeSet<>();
        for (Abi abi : Abi.values()) {
            SyscallTable.of(abi).names().forEach((number, name) -> {
                boolean byRule = original.numbers(abi).contains(number)
                        || read.numbers(abi).contains(number);
                if (!byRule && original.outcome(abi, number).equals(read.outcome(abi, number))) {
                    return;
                }
                Regions regions = new Regions();
                if (!original.regions(abi, number, regions).equals(read.regions(abi, number, regions))) {
                    differing.add(abi.label() + " " + name);
                }
            });
        }
        return differing;
    }
}
