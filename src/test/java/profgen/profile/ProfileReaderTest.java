package profgen.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import profgen.BadInputException;
import profgen.syscall.KernelVersion;

class ProfileReaderTest {
    private static final Path PROFILES = Path.of("testdata/profiles");

    @TestFactory
    Stream<DynamicTest> a_bad_profile_is_refused_in_one_line_with_file_place_and_expectation() throws IOException {
        List<String[]> rows = Files.readAllLines(PROFILES.resolve("bad/messages.tsv")).stream()
                .map(line -> line.split("\t", 2))
                .toList();
        try (Stream<Path> files = Files.list(PROFILES.resolve("bad"))) {
            assertThat(rows)
                    .extracting(row -> row[0])
                    .containsExactlyElementsOf(
                            files.map(file -> file.getFileName().toString())
                                    .filter(name -> name.endsWith(".json"))
                                    .sorted()
                                    .toList());
        }
        return rows.stream()
                .map(row -> DynamicTest.dynamicTest(row[0], () -> {
                    Path file = PROFILES.resolve("bad").resolve(row[0]);
                    assertThatThrownBy(() -> ProfileReader.read(file))
                            .isInstanceOf(BadInputException.class)
                            .hasMessage(file + ": " + row[1]);
                }));
    }

    @TestFactory
    Stream<DynamicTest> a_good_profile_is_read_and_written_and_read_the_same() throws IOException {
        try (Stream<Path> files = Files.list(PROFILES.resolve("good"))) {
            return files.sorted().toList().stream()
                    .map(file -> DynamicTest.dynamicTest(file.toString(), () -> {
                        Profile profile = ProfileReader.read(file);
                        assertThat(ProfileReader.parse(ProfileWriter.write(profile), "written"))
                                .isEqualTo(profile);
                    }));
        }
    }

    @Test
    void every_key_arrives_where_it_belongs() {
        Profile profile = ProfileReader.read(PROFILES.resolve("good/every-key.json"));
        assertThat(profile.defaultAction()).isEqualTo(Action.NOTIFY);
        assertThat(profile.defaultErrnoRet()).isEqualTo(38);
        assertThat(profile.archMap())
                .containsExactly(
                        new Profile.ArchMapEntry("SCMP_ARCH_X86_64", List.of("SCMP_ARCH_X86", "SCMP_ARCH_X32")),
                        new Profile.ArchMapEntry("SCMP_ARCH_LOONGARCH64", List.of()));
        assertThat(profile.flags()).containsExactly("SECCOMP_FILTER_FLAG_LOG");
        assertThat(profile.listenerPath()).isEqualTo("/run/agent.sock");
        assertThat(profile.listenerMetadata()).isEqualTo("who = \"me\"");
        assertThat(profile.syscalls().get(1))
                .isEqualTo(new Rule(
                        List.of("prctl"),
                        Action.ERRNO,
                        4095,
                        List.of(
                                ArgumentTest.masked(0, -1L, Long.MIN_VALUE),
                                new ArgumentTest(5, ArgumentTest.Operator.GE, 0, 0)),
                        new Condition(List.of("CAP_SYS_ADMIN"), List.of("amd64"), new KernelVersion(4, 8)),
                        new Condition(List.of("CAP_BPF"), List.of("s390", "s390x"), null),
                        "every key there is"));
    }

    @Test
    void the_old_form_with_name_and_null_args_is_read() {
        Profile profile = ProfileReader.read(PROFILES.resolve("good/old-form.json"));
        assertThat(profile.syscalls())
                .extracting(Rule::names)
                .containsExactly(List.of("accept"), List.of("clone"), List.of("personality"), List.of("read"));
        assertThat(profile.architectures()).hasSize(3);
    }

    @Test
    void an_empty_object_means_that_seccomp_is_off() {
        assertThat(ProfileReader.read(PROFILES.resolve("good/empty.json")).isUnconfined())
                .isTrue();
    }

    @Test
    void a_listener_hears_of_comments_unknown_duplicate_and_wrongly_cased_keys_and_the_profile_is_read() {
        List<Oddity> heard = new ArrayList<>();
        String text = """
                {
                  // from an article
                  "defaultAction": "SCMP_ACT_ERRNO",
                  "syscalls": [
                    {"names": ["read"], "names": ["write"], "Action": "SCMP_ACT_ALLOW", "reason": {"why": [1]}}
                  ]
                }
                """;
        Profile profile = ProfileReader.parse(text, "x.json", heard::add);
        assertThat(profile.syscalls()).containsExactly(Rule.allow(List.of("write"), ""));
        assertThat(heard)
                .extracting(Oddity::kind, Oddity::path, Oddity::key)
                .containsExactly(
                        tuple(Oddity.Kind.COMMENT, "", ""),
                        tuple(Oddity.Kind.DUPLICATE_KEY, "syscalls[0]", "names"),
                        tuple(Oddity.Kind.KEY_CASE, "syscalls[0]", "Action"),
                        tuple(Oddity.Kind.UNKNOWN_KEY, "syscalls[0]", "reason"));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {7, 8, 9})
    void whatever_a_file_holds_the_answer_is_a_profile_or_one_line(long seed) throws IOException {
        String good = Files.readString(PROFILES.resolve("good/every-key.json"));
        Random random = new Random(seed);
        for (int i = 0; i < 3_000; i++) {
            String text = mutated(good, random);
            try {
                ProfileReader.parse(text, "x.json", oddity -> {});
            } catch (BadInputException e) {
                assertThat(e.getMessage()).startsWith("x.json: ").doesNotContain("\n");
            }
        }
    }

    private static String mutated(String text, Random random) {
        StringBuilder mutated = new StringBuilder(text);
        for (int changes = 1 + random.nextInt(4); changes > 0 && !mutated.isEmpty(); changes--) {
            int from = random.nextInt(mutated.length());
            int to = Math.min(mutated.length(), from + random.nextInt(12));
            switch (random.nextInt(4)) {
                case 0 -> mutated.setLength(from);
                case 1 -> mutated.delete(from, to);
                case 2 -> mutated.insert(random.nextInt(mutated.length()), mutated.substring(from, to));
                default -> mutated.setCharAt(from, "{}[]\",:-0e/*n\u0000\uD800".charAt(random.nextInt(15)));
            }
        }
        return mutated.toString();
    }

    @Test
    void a_hundred_thousand_rules_in_ten_megabytes_are_read(@TempDir Path folder) throws IOException {
        String rule = "{\"names\": [\"read\"], \"action\": \"SCMP_ACT_ALLOW\", \"args\": [{\"index\": 1, \"value\": 1, "
                + "\"op\": \"SCMP_CMP_EQ\"}]}";
        Path file = folder.resolve("large.json");
        Files.writeString(file, "{\"syscalls\": [" + (rule + ",\n").repeat(99_999) + rule + "]}");
        assertThat(Files.size(file)).isGreaterThan(10_000_000);
        assertThat(ProfileReader.read(file).syscalls()).hasSize(100_000);
    }

    @Test
    void a_file_that_is_missing_or_a_folder_or_too_large_is_bad_input(@TempDir Path folder) throws IOException {
        assertThatThrownBy(() -> ProfileReader.read(folder.resolve("none.json")))
                .isInstanceOf(BadInputException.class)
                .hasMessageEndingWith("none.json: no such file");
        assertThatThrownBy(() -> ProfileReader.read(folder)).isInstanceOf(BadInputException.class);
        Path large = folder.resolve("large.json");
        try (var file = new java.io.RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(ProfileReader.MAX_BYTES + 1);
        }
        assertThatThrownBy(() -> ProfileReader.read(large))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("expected at most");
    }
}
