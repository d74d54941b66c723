package profgen.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import profgen.BadInputException;
import profgen.HostException;
import profgen.filter.Engine;
import profgen.filter.EngineKind;
import profgen.profile.ProfileReader;
import profgen.syscall.Arch;

class LinterTest {
    private static final Path PROFILES = Path.of("testdata/profiles/lint");

    private static List<Finding> lint(String name, Scope scope) {
        return Linter.lint(Subject.read(PROFILES.resolve(name + ".json").toString()), scope);
    }

    private static List<Finding> lintText(String text) {
        return Linter.lint(new Subject("x.json", text, ProfileReader.parse(text, "x.json"), List.of()), Scope.ANYWHERE);
    }

    private static Scope on(EngineKind... kinds) {
        return new Scope(
                Arrays.stream(kinds).map(kind -> new Engine(kind, null)).toList(), List.of());
    }

    @ParameterizedTest
    @EnumSource(
            value = LintRule.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"TOO_LARGE", "LIBSECCOMP_DIFFERS", "NOT_COMPARED", "PROGRAM_TOO_LONG"})
    void a_file_with_a_defect_has_the_finding_named_like_it(LintRule rule) {
        assertThat(lint(rule.id(), Scope.ANYWHERE))
                .filteredOn(finding -> finding.rule() == rule)
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.level()).isEqualTo(rule.level()));
    }

    @TestFactory
    Stream<DynamicTest> no_file_has_an_error_beside_the_one_that_it_is_named_after() throws IOException {
        try (Stream<Path> files = Files.list(PROFILES)) {
            return files.sorted().toList().stream()
                    .map(file -> file.getFileName().toString().replace(".json", ""))
                    .map(name -> DynamicTest.dynamicTest(
                            name,
                            () -> assertThat(lint(name, Scope.ANYWHERE))
                                    .filteredOn(finding -> finding.level() == Level.ERROR)
                                    .filteredOn(finding -> !finding.rule().id().equals(name))
                                    .as("errors of another kind")
                                    .isEmpty()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker-default", "docker-28", "docker-20.10", "podman-default"})
    void the_defaults_of_engines_load_without_an_error_and_all_ids_are_known(String name) {
        List<Finding> findings = Linter.lint(Subject.read(name), Scope.ANYWHERE);
        List<String> ids = Arrays.stream(LintRule.values()).map(LintRule::id).toList();
        assertThat(findings).noneMatch(finding -> finding.level() == Level.ERROR);
        assertThat(findings).extracting(finding -> finding.rule().id()).isSubsetOf(ids);
        assertThat(Linter.lint(Subject.read(name), Scope.ANYWHERE)).isEqualTo(findings);
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    void dockers_default_has_no_error_on_any_engine(EngineKind kind) {
        assertThat(Linter.lint(Subject.read("docker-default"), on(kind)))
                .noneMatch(finding -> finding.level() == Level.ERROR);
    }

    @Test
    void a_datum_is_cut_to_its_mask_and_without_a_mask_every_value_passes() {
        String rule =
                "{\"defaultAction\":\"SCMP_ACT_ERRNO\",\"syscalls\":[{\"names\":[\"socket\"],\"action\":\"SCMP_ACT_ALLOW\","
                        + "\"args\":[{\"index\":0,\"op\":\"SCMP_CMP_MASKED_EQ\",\"value\":%s,\"valueTwo\":%s}]}]}";
        assertThat(lintText(String.format(rule, "0", "40")))
                .extracting(Finding::rule)
                .contains(LintRule.PASSES_EVERYTHING)
                .doesNotContain(LintRule.NEVER_MATCHES, LintRule.DATUM_CUT);
        assertThat(lintText(String.format(rule, "1", "3")))
                .filteredOn(finding ->
                        finding.level() == Level.ERROR && finding.path().contains("args"))
                .extracting(Finding::rule, Finding::path, Finding::message)
                .containsExactly(tuple(
                        LintRule.DATUM_CUT, "syscalls[0].args[0].valueTwo", "argument 0: mask 1, datum 3: cut to 1"));
    }

    @Test
    void a_message_names_place_object_and_remedy() {
        assertThat(lint("unknown-name", Scope.ANYWHERE))
                .filteredOn(finding -> finding.rule() == LintRule.UNKNOWN_NAME)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.path()).isEqualTo("syscalls[2].names[0]");
                    assertThat(finding.ruleIndex()).hasValue(2);
                    assertThat(finding.line()).isEqualTo(14);
                    assertThat(finding.inWords())
                            .startsWith("opnat: unknown system call, did you mean openat")
                            .endsWith("; mend the name or take it out");
                });
    }

    @Test
    void a_gate_after_a_denial_of_the_same_name_is_lost_and_before_it_is_not() {
        assertThat(lint("name-conflict", Scope.ANYWHERE))
                .filteredOn(finding -> finding.rule() == LintRule.NAME_CONFLICT)
                .extracting(Finding::path, Finding::message)
                .containsExactly(tuple("syscalls[3]", "mkdir: rule 2 (SCMP_ACT_ERRNO) always answers instead"));
        assertThat(lintText("""
                {"defaultAction": "SCMP_ACT_KILL", "syscalls": [
                  {"names": ["mkdir"], "action": "SCMP_ACT_ALLOW", "includes": {"caps": ["CAP_SYS_ADMIN"]}},
                  {"names": ["mkdir"], "action": "SCMP_ACT_ALLOW", "includes": {"caps": ["CAP_BPF"]}},
                  {"names": ["mkdir"], "action": "SCMP_ACT_ERRNO"}]}
                """))
                .extracting(Finding::rule)
                .doesNotContain(LintRule.NAME_CONFLICT, LintRule.SHADOWED_RULE);
    }

    @Test
    void what_only_some_engines_do_is_a_note_and_a_warning_for_those_asked_for() {
        assertThat(lint("gates-ignored", on(EngineKind.CONTAINERD)))
                .filteredOn(finding -> finding.rule() == LintRule.GATES_IGNORED)
                .extracting(Finding::level)
                .containsExactly(Level.WARNING);
        assertThat(lint("gates-ignored", on(EngineKind.DOCKER)))
                .extracting(Finding::rule)
                .doesNotContain(LintRule.GATES_IGNORED, LintRule.DANGEROUS_CALL);
        assertThat(lint("gates-ignored", on(EngineKind.CONTAINERD)))
                .extracting(Finding::rule)
                .contains(LintRule.DANGEROUS_CALL);
        assertThat(lint("min-kernel-ignored", on(EngineKind.PODMAN)))
                .filteredOn(finding -> finding.rule() == LintRule.MIN_KERNEL_IGNORED)
                .extracting(Finding::level)
                .containsExactly(Level.WARNING);
        assertThat(lint("loong-spelling", on(EngineKind.PODMAN)))
                .extracting(Finding::rule)
                .doesNotContain(LintRule.LOONG_SPELLING);
    }

    @Test
    void a_start_that_fails_names_the_runtime_and_the_calls() {
        assertThat(lint("start-denied", on(EngineKind.DOCKER)))
                .filteredOn(finding -> finding.rule() == LintRule.START_DENIED)
                .extracting(Finding::message)
                .contains("runc up to 1.2.7 and 1.3.2 does not start a container: denied: close, fstatfs, getdents64,"
                        + " openat, write");
        assertThat(lint("needs-no-new-privileges", on(EngineKind.PODMAN)))
                .filteredOn(finding -> finding.rule() == LintRule.NEEDS_NO_NEW_PRIVILEGES)
                .singleElement()
                .satisfies(finding -> assertThat(finding.message())
                        .startsWith("crun starts a container with no-new-privileges only: denied: capset, prctl, "));
        assertThat(lint("unknown-name", Scope.ANYWHERE))
                .extracting(Finding::rule)
                .doesNotContain(LintRule.START_DENIED, LintRule.NEEDS_NO_NEW_PRIVILEGES, LintRule.EXECVE_DENIED);
    }

    @Test
    void an_engine_that_reads_the_default_errno_has_no_note_and_one_that_does_not_a_warning() {
        Scope old = new Scope(List.of(Engine.parse("docker@20.10").orElseThrow()), List.of());
        assertThat(lint("default-errno-unread", old))
                .filteredOn(finding -> finding.rule() == LintRule.DEFAULT_ERRNO_UNREAD)
                .extracting(Finding::level, Finding::message)
                .containsExactly(tuple(Level.WARNING, "Docker 20.10 answers EPERM instead of ENOSYS"));
        assertThat(lint("default-errno-unread", on(EngineKind.DOCKER, EngineKind.PODMAN)))
                .extracting(Finding::rule)
                .doesNotContain(LintRule.DEFAULT_ERRNO_UNREAD);
    }

    @Test
    void without_libseccomp_doubtful_rules_are_a_note_that_they_were_not_compared() {
        List<Finding> findings = Linter.lint(
                Subject.read(PROFILES.resolve("libseccomp-differs.json").toString()), Scope.ANYWHERE, () -> {
                    throw new HostException("libseccomp.so.2: cannot be loaded");
                });
        assertThat(findings)
                .filteredOn(finding -> finding.rule() == LintRule.NOT_COMPARED)
                .extracting(Finding::level, Finding::message)
                .containsExactly(
                        tuple(Level.NOTE, "not compared with libseccomp's program: libseccomp.so.2: cannot be loaded"));
        assertThat(Linter.lint(Subject.read("strict"), Scope.ANYWHERE, () -> {
                    throw new AssertionError("asked for nothing doubtful");
                }))
                .isNotEmpty();
    }

    @Test
    void an_architecture_that_was_not_asked_for_does_not_matter() {
        Scope loong = new Scope(List.of(), List.of(Arch.LOONGARCH64));
        Scope x86 = new Scope(List.of(), List.of(Arch.X86_64));
        assertThat(lint("sub-abi", loong)).extracting(Finding::rule).doesNotContain(LintRule.SUB_ABI);
        assertThat(lint("loong-spelling", x86)).extracting(Finding::rule).doesNotContain(LintRule.LOONG_SPELLING);
    }

    @Test
    void a_text_that_is_no_profile_is_bad_input_in_one_line() {
        for (String file : List.of("truncated.json", "no-text.json", "nested-too-deep.json", "not-utf-8.json")) {
            String name = "testdata/profiles/bad/" + file;
            assertThatThrownBy(() -> Subject.read(name))
                    .isInstanceOf(BadInputException.class)
                    .message()
                    .startsWith(name + ": ")
                    .doesNotContain("\n");
        }
    }

    @Test
    void a_hundred_thousand_rules_are_linted(@TempDir Path folder) throws IOException {
        String rules = IntStream.range(0, 100_000)
                .mapToObj(i -> "{\"names\": [\"nam" + i + "\"], \"action\": \"SCMP_ACT_ALLOW\"}")
                .collect(Collectors.joining(",\n"));
        Path file = Files.writeString(
                folder.resolve("x.json"), "{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"syscalls\": [" + rules + "]}");
        List<Finding> findings = Linter.lint(Subject.read(file.toString()), Scope.ANYWHERE);
        assertThat(findings)
                .filteredOn(finding -> finding.rule() == LintRule.UNKNOWN_NAME)
                .hasSize(100_000);
    }

    @Test
    void too_many_rules_and_conditions_to_compare_are_said_to_be_so(@TempDir Path folder) throws IOException {
        String rules = IntStream.range(0, 100_000)
                .mapToObj(i ->
                        "{\"names\": [\"read\"], \"action\": \"SCMP_ACT_ALLOW\", \"includes\": {\"minKernel\": \"1." + i
                                + "\"}}")
                .collect(Collectors.joining(",\n"));
        Path file = Files.writeString(
                folder.resolve("x.json"), "{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"syscalls\": [" + rules + "]}");
        assertThat(Linter.lint(Subject.read(file.toString()), Scope.ANYWHERE))
                .extracting(Finding::rule)
                .contains(LintRule.TOO_LARGE);
    }

    @Test
    void a_rule_that_answers_on_a_host_between_conditions_is_not_called_shadowed() {
        String kernels = """
                {"defaultAction": "SCMP_ACT_KILL", "syscalls": [
                  {"names": ["bpf"], "action": "SCMP_ACT_ALLOW", "excludes": {"minKernel": "5.0"}},
                  {"names": ["bpf"], "action": "SCMP_ACT_ALLOW", "includes": {"minKernel": "6.0"}},
                  {"names": ["bpf"], "action": "SCMP_ACT_ERRNO", "errnoRet": 38}]}
                """;
        String capabilities = """
                {"defaultAction": "SCMP_ACT_KILL", "syscalls": [
                  {"names": ["bpf"], "action": "SCMP_ACT_ALLOW", "excludes": {"caps": ["CAP_SYS_ADMIN"]}},
                  {"names": ["bpf"], "action": "SCMP_ACT_ALLOW", "includes": {"caps": ["CAP_SYS_ADMIN", "CAP_SYS_NICE"]}},
                  {"names": ["bpf"], "action": "SCMP_ACT_ERRNO", "errnoRet": 38}]}
                """;
        for (String text : List.of(kernels, capabilities)) {
            assertThat(lintText(text)).extracting(Finding::rule).doesNotContain(LintRule.NAME_CONFLICT);
        }
    }

    @Test
    void what_the_default_says_is_what_the_engine_makes_of_it() {
        assertThat(lintText("{\"defaultAction\": \"SCMP_ACT_TRACE\", \"syscalls\": [{\"names\": [\"read\"], \"action\":"
                        + " \"SCMP_ACT_TRACE\", \"errnoRet\": 5}]}"))
                .extracting(Finding::rule)
                .doesNotContain(LintRule.SAME_AS_DEFAULT);
        Scope old = new Scope(List.of(Engine.parse("docker@20.10").orElseThrow()), List.of());
        String text = "{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"defaultErrnoRet\": 38, \"syscalls\": [{\"names\":"
                + " [\"clone3\"], \"action\": \"SCMP_ACT_ERRNO\", \"errnoRet\": 38}]}";
        Subject subject = new Subject("x.json", text, ProfileReader.parse(text, "x.json"), List.of());
        assertThat(Linter.lint(subject, old)).extracting(Finding::rule).doesNotContain(LintRule.SAME_AS_DEFAULT);
        assertThat(Linter.lint(subject, Scope.ANYWHERE))
                .extracting(Finding::rule)
                .contains(LintRule.SAME_AS_DEFAULT);
    }

    @Test
    void every_call_that_i386_carries_in_another_is_known() {
        assertThat(lintText("""
                {"defaultAction": "SCMP_ACT_ERRNO", "architectures": ["SCMP_ARCH_X86"], "syscalls": [{"names": ["sendto"],
                  "action": "SCMP_ACT_ALLOW", "args": [{"index": 3, "op": "SCMP_CMP_EQ", "value": 0}]}]}
                """)).extracting(Finding::rule).contains(LintRule.MULTIPLEXED);
    }
}
