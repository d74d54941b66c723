package profgen.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProfileLinesTest {
    private static final String TEXT = """
            {
              "defaultAction": "SCMP_ACT_ERRNO", // a comment
              "syscalls": [
                {"names": ["read",
                           "write"], "action": "SCMP_ACT_ALLOW"},
                {
                  "names": ["socket"], "action": "SCMP_ACT_ALLOW",
                  "args": [
                    {"index": 0, "op": "SCMP_CMP_EQ",
                     "value": 1}
                  ],
                  "includes": {
                    "caps": ["CAP_CHOWN"]
                  }
                }
              ],
              "a b": 1
            }
            """;

    @Test
    void keys_and_elements_have_the_line_on_which_they_begin() {
        assertThat(ProfileLines.of(
                        TEXT,
                        List.of(
                                "",
                                "defaultAction",
                                "syscalls[0]",
                                "syscalls[0].names[1]",
                                "syscalls[1]",
                                "syscalls[1].args[0].value",
                                "syscalls[1].includes.caps[0]",
                                "syscalls[1].includes",
                                "\"a b\"",
                                "syscalls[7]")))
                .containsOnly(
                        entry("defaultAction", 2),
                        entry("syscalls[0]", 4),
                        entry("syscalls[0].names[1]", 5),
                        entry("syscalls[1]", 6),
                        entry("syscalls[1].args[0].value", 10),
                        entry("syscalls[1].includes.caps[0]", 13),
                        entry("syscalls[1].includes", 12),
                        entry("\"a b\"", 17));
    }

    @Test
    void a_text_that_ends_early_has_the_lines_until_there() {
        assertThat(ProfileLines.of("{\n\"flags\": [", List.of("flags"))).containsOnly(entry("flags", 2));
        assertThat(ProfileLines.of("", List.of("flags"))).isEmpty();
    }
}
