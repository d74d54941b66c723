package profgen.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import profgen.capability.Capability;
import profgen.capability.CapabilitySet;
import profgen.syscall.Abi;
import profgen.syscall.ResourceTable;
import profgen.syscall.SyscallTable;

/**
 * The tables of the engines' default profiles stay as they were when {@code src/main/scripts/baseline-tables --check} proved
 * each against the engine's own file (which is named in the table's first line).
 */
class BaselineTablesTest {
    private static final int COLUMNS = 6;

    @ParameterizedTest
    @CsvSource({
        "docker-20.10, 423, 404, 0344f57d42f3f9e5913e2db9f3a16754c86c62bbd5798b89646cde9cdf40a1b3",
        "docker-28, 449, 426, c93affa2df14d77e3b65deeb6387208431f999d4deb80b9e70a9bfe397cd7793",
        "docker-2026-06, 452, 426, 231c8728fbb0768d84dd1698d1ce062ee49ea2de209bda3ff83122ae10946b49",
        "podman, 487, 443, 9ba74b1d8e06dfdd76d3c169bbfc5ed329032015e60694395e142dc8acc971c3"
    })
    void a_table_is_the_one_that_was_proved(String table, int lines, int names, String sha256)
            throws GeneralSecurityException {
        List<List<String>> rows = ResourceTable.rows("baseline/" + table + ".tsv");
        String text = rows.stream().map(row -> String.join("\t", row) + "\n").collect(Collectors.joining());
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));

        assertThat(rows).hasSize(lines);
        assertThat(rules(table).stream().map(row -> row.get(0)).distinct()).hasSize(names);
        assertThat(HexFormat.of().formatHex(hash)).isEqualTo(sha256);
    }

    /** memfd_secret came to loongarch64 with kernel 7.0; without it the engine's documented count is 260. */
    @ParameterizedTest
    @CsvSource({"X86_64, amd64, 306", "LOONGARCH64, loongarch64, 261"})
    void dockers_default_allows_this_many_names_with_default_capabilities(Abi abi, String arch, int names) {
        Set<String> plain = allowed("docker-2026-06", abi, arch, false);
        Set<String> byArgument = allowed("docker-2026-06", abi, arch, true);
        byArgument.removeAll(plain);

        assertThat(plain).hasSize(names);
        assertThat(byArgument).containsExactly("clone", "personality", "socket");
    }

    @Test
    void podmans_default_has_no_condition_on_the_kernel_and_no_gate_of_numa_calls() {
        assertThat(rules("podman")).noneMatch(row -> String.join(" ", row).contains("minKernel"));
        assertThat(rules("podman"))
                .filteredOn(row -> row.get(0).equals("get_mempolicy"))
                .containsExactly(List.of("get_mempolicy", "ALLOW", "-", "-", "-", "-"));
    }

    private static Set<String> allowed(String table, Abi abi, String arch, boolean byArgument) {
        return rules(table).stream()
                .filter(row -> row.get(1).equals("ALLOW") && row.get(3).equals("-") != byArgument)
                .filter(row -> SyscallTable.of(abi).number(row.get(0)).isPresent())
                .filter(row -> words(row.get(4), "caps").allMatch(BaselineTablesTest::isDefault))
                .filter(row -> !row.get(4).contains("arches")
                        || words(row.get(4), "arches").anyMatch(arch::equals))
                .filter(row -> words(row.get(5), "caps").noneMatch(BaselineTablesTest::isDefault))
                .filter(row -> words(row.get(5), "arches").noneMatch(arch::equals))
                .map(row -> row.get(0))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> words(String condition, String key) {
        return Arrays.stream(condition.split("; ", -1))
                .filter(part -> part.startsWith(key + " "))
                .flatMap(part -> Arrays.stream(part.split(" ", -1)).skip(1));
    }

    private static boolean isDefault(String capability) {
        return CapabilitySet.DOCKER_DEFAULT.contains(Capability.valueOf(capability));
    }

    private static List<List<String>> rules(String table) {
        return ResourceTable.rows("baseline/" + table + ".tsv").stream()
                .filter(row -> row.size() == COLUMNS)
                .toList();
    }
}
