package profgen.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import profgen.syscall.ResourceTable;
import profgen.syscall.SyscallTable;

class LintDocsTest {
    private static final Path PAGE = Path.of("src/docs/lint.md");
    private static final String HEAD = "| id | level | what, and why | remedy |\n|---|---|---|---|\n";

    /** With -Dprofgen.update=true the table is written again. */
    @Test
    void the_page_has_every_rule_with_its_level_reason_and_remedy() throws IOException {
        String table = HEAD
                + Arrays.stream(LintRule.values())
                        .map(rule -> "| `" + rule.id() + "` | " + rule.level().label() + " | " + rule.summary() + " | "
                                + rule.remedy() + " |\n")
                        .collect(Collectors.joining());
        String page = Files.readString(PAGE);
        int at = page.indexOf(HEAD);
        if (Boolean.getBoolean("profgen.update")) {
            Files.writeString(PAGE, (at < 0 ? page : page.substring(0, at)) + table);
            return;
        }
        assertThat(page.substring(Math.max(at, 0)))
                .as("-Dprofgen.update=true writes it again")
                .isEqualTo(table);
    }

    @Test
    void the_table_of_dangerous_calls_is_sorted_and_names_real_calls_with_a_reason() {
        List<List<String>> rows = ResourceTable.rows("lint/dangerous.tsv", 2);
        List<String> names = rows.stream().map(row -> row.get(0)).toList();
        assertThat(names).isSorted().doesNotHaveDuplicates().allMatch(SyscallTable::isKnown);
        assertThat(rows).allSatisfy(row -> assertThat(row.get(1)).hasSizeGreaterThan(15));
    }
}
