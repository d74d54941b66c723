package profgen.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import profgen.BadInputException;
import profgen.filter.Engine;
import profgen.filter.Filter;
import profgen.filter.Host;
import profgen.filter.Outcome;
import profgen.filter.Resolver;
import profgen.profile.Baseline;
import profgen.profile.Profile;
import profgen.profile.ProfileReader;
import profgen.syscall.Abi;
import profgen.syscall.Arch;

/** The resource is valid by its schema, and what a node makes of it decides as the policy, or a remark says what does not. */
class SpoFormTest {
    private static final Host X86 = Host.docker(Arch.X86_64);
    private static Schema schema;

    @BeforeAll
    static void load() throws IOException {
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(
                        Files.readString(Path.of("src/test/resources/profgen/render/seccompprofile.schema.json")),
                        InputFormat.JSON);
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 15);
    }

    private static Rendered render(Profile profile, Host host) {
        return Renderer.render(Form.SPO, "test", profile, List.of(host), "app");
    }

    private static Rendered render(String json) {
        return render(ProfileReader.parse(json, "test"), X86);
    }

    /** As containerd reads what the operator writes onto the node. */
    private static Filter onNode(Rendered rendered, Host host) throws IOException {
        assertThat(schema.validate(rendered.text(), InputFormat.YAML))
                .as(rendered::text)
                .isEmpty();
        String spec = new ObjectMapper(new YAMLFactory())
                .readTree(rendered.text())
                .get("spec")
                .toString();
        return Resolver.resolve(
                ProfileReader.parse(spec, "spec"),
                host.withEngine(Engine.parse("containerd").orElseThrow()));
    }

    private static void assertSameOrSaid(Profile profile, Host host) throws IOException {
        Rendered rendered = render(profile, host);
        List<Remark> differences = Sameness.remarks(Resolver.resolve(profile, host), onNode(rendered, host));
        assertThat(rendered.remarks()).containsAll(differences);
        assertThat(differences)
                .as(rendered::text)
                .allMatch(remark ->
                        remark.kind() == Remark.Kind.OTHER_ANSWER || remark.kind() == Remark.Kind.WITHOUT_EFFECT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker-default", "docker-20.10", "podman-default", "strict", "unconfined"})
    void a_baseline_means_on_a_node_what_it_means_to_docker(String name) throws IOException {
        for (Arch arch : Arch.values()) {
            assertSameOrSaid(Baseline.named(name).orElseThrow(), Host.docker(arch));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_random_profile_means_on_a_node_what_it_means_to_docker(long seed) throws IOException {
        for (Arch arch : Arch.values()) {
            assertSameOrSaid(new RandomPolicies(seed, seed % 2 == 0).next(), Host.docker(arch));
        }
    }

    @Test
    void the_default_errno_becomes_rules_for_all_names() throws IOException {
        Rendered rendered = render("{\"defaultAction\":\"SCMP_ACT_ERRNO\",\"defaultErrnoRet\":13,\"syscalls\":["
                + "{\"names\":[\"read\",\"openat2\"],\"action\":\"SCMP_ACT_ALLOW\"}]}");
        Filter node = onNode(rendered, X86);
        assertThat(node.outcome(Abi.X86_64, 1)).isEqualTo(Outcome.errno(13));
        assertThat(node.outcome(Abi.X86_64, 0)).isEqualTo(Outcome.ALLOW);
        assertThat(node.outcome(Abi.X86_64, 439)).as("newer than openat2").isEqualTo(Outcome.errno(38));
        assertThat(rendered.remarks())
                .filteredOn(remark -> remark.kind() == Remark.Kind.OTHER_ANSWER)
                .allMatch(remark -> remark.text().endsWith("numbers without a name"));
    }

    @Test
    void a_value_of_64_bits_leaves_its_rule_out_and_is_said_to() throws IOException {
        Rendered rendered = render("{\"defaultAction\":\"SCMP_ACT_ALLOW\",\"syscalls\":[{\"names\":[\"ioctl\"],"
                + "\"action\":\"SCMP_ACT_ERRNO\",\"args\":["
                + "{\"index\":2,\"value\":18446744073709551615,\"op\":\"SCMP_CMP_EQ\"}]}]}");
        assertThat(onNode(rendered, X86).rules()).isEmpty();
        assertThat(rendered.remarks())
                .extracting(Remark::kind, Remark::text)
                .contains(org.assertj.core.groups.Tuple.tuple(
                        Remark.Kind.HINT, "left out, a value of 64 bits, of which the resource has 63: ioctl"))
                .anyMatch(tuple -> tuple.toList().get(0) == Remark.Kind.WIDER);
    }

    @Test
    void what_the_resource_has_no_word_for_is_said() throws IOException {
        Rendered rendered = render("{\"defaultAction\":\"SCMP_ACT_ERRNO\",\"flags\":[],"
                + "\"architectures\":[\"SCMP_ARCH_X86_64\",\"SCMP_ARCH_LOONGARCH64\",\"SCMP_ARCH_X86\"],\"syscalls\":["
                + "{\"names\":[\"mount\",\"mount\"],\"action\":\"SCMP_ACT_ERRNO\",\"errnoRet\":0},"
                + "{\"names\":[\"no\",\"a: b\"],\"action\":\"SCMP_ACT_ALLOW\"}]}");
        onNode(rendered, X86);
        assertThat(rendered.remarks())
                .extracting(Remark::text)
                .anyMatch(text -> text.contains("errno 1 (EPERM) instead of errno 0") && text.endsWith("mount"))
                .contains("left out, the resource has no such name: SCMP_ARCH_LOONGARCH64")
                .contains("an empty list of flags cannot be said: runtimes set SECCOMP_FILTER_FLAG_SPEC_ALLOW");
        assertThat(rendered.text())
                .contains("- \"no\"\n")
                .contains("- \"a: b\"\n")
                .contains("- SCMP_ARCH_X86\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "App", "a_b", "-a", "a..b", "a/b"})
    void a_name_that_no_resource_can_have_is_bad_input(String name) {
        Profile profile = Baseline.dockerDefault();
        assertThatThrownBy(() -> Renderer.render(Form.SPO, "test", profile, List.of(X86), name))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith("resource name " + name + ": expected ");
    }
}
