package profgen.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import profgen.filter.Compiled;
import profgen.filter.Filter;
import profgen.filter.Host;
import profgen.filter.LibraryOfTests;
import profgen.filter.Libseccomp;
import profgen.filter.LibseccompCheck;
import profgen.filter.Resolver;
import profgen.profile.Profile;
import profgen.profile.ProfileReader;
import profgen.syscall.Abi;
import profgen.syscall.Arch;

class LibseccompDifferenceIT {
    private static final String MIXED = "testdata/profiles/lint/libseccomp-differs.json";
    private static final Scope X86 = new Scope(List.of(), List.of(Arch.X86_64));

    private static final String MIXED_RULES = "{\"names\":[\"mount\"],\"action\":\"SCMP_ACT_ALLOW\",\"args\":"
            + "[{\"index\":1,\"value\":5,\"op\":\"SCMP_CMP_GT\"}]},"
            + "{\"names\":[\"mount\"],\"action\":\"SCMP_ACT_ERRNO\",\"errnoRet\":2,\"args\":"
            + "[{\"index\":1,\"value\":3,\"op\":\"SCMP_CMP_LT\"}]},";

    @Test
    void what_the_installed_library_makes_otherwise_is_a_warning_with_a_witness_and_the_version() {
        Libseccomp library = LibraryOfTests.installed();
        Subject subject = Subject.read(MIXED);
        Finding finding = Linter.lint(subject, X86, () -> library).stream()
                .filter(one -> one.rule() == LintRule.LIBSECCOMP_DIFFERS)
                .findFirst()
                .orElseThrow();
        assertThat(finding.path()).isEqualTo("syscalls[2]");
        assertThat(finding.line()).isEqualTo(6);
        var words = Pattern.compile(
                        "socket\\((\\d+), (\\d+), (\\d+)\\): (.*), where the rules say (.*), by libseccomp (.*)")
                .matcher(finding.message());
        assertThat(words.matches()).as(finding.message()).isTrue();
        long[] witness = {Long.parseLong(words.group(1)), Long.parseLong(words.group(2)), Long.parseLong(words.group(3))
        };
        Filter filter = Resolver.resolve(subject.profile(), Host.docker(Arch.X86_64));
        Compiled.Program made = (Compiled.Program) library.compile(filter);
        assertThat(made.program().outcome(Abi.X86_64, 41, witness)).hasToString(words.group(4));
        assertThat(filter.outcome(Abi.X86_64, 41, witness)).hasToString(words.group(5));
        assertThat(library.version()).hasToString(words.group(6));
    }

    @Test
    void an_architecture_that_the_library_does_not_know_is_said_not_to_be_compared() {
        Libseccomp library = LibraryOfTests.installed();
        Scope loong = new Scope(List.of(), List.of(Arch.LOONGARCH64));
        assertThat(Linter.lint(Subject.read(MIXED), loong, () -> library))
                .extracting(Finding::rule)
                .contains(library.knows(Arch.LOONGARCH64) ? LintRule.LIBSECCOMP_DIFFERS : LintRule.NOT_COMPARED);
    }

    @Test
    void a_program_longer_than_the_kernel_takes_is_an_error_whether_its_rules_are_doubtful_or_not() {
        Libseccomp library = LibraryOfTests.installed();
        for (String mixed : List.of("", MIXED_RULES)) {
            Profile profile = ProfileReader.parse(manyIoctls(mixed), "many.json");
            List<Finding> findings = Linter.lint(new Subject("many.json", "", profile, List.of()), X86, () -> library);
            assertThat(findings)
                    .filteredOn(finding -> finding.rule() == LintRule.PROGRAM_TOO_LONG)
                    .singleElement()
                    .satisfies(
                            finding -> assertThat(finding.message())
                                    .matches(
                                            "libseccomp .* makes a program of \\d+ instructions, of which the kernel takes 4096"));
            assertThat(findings).extracting(Finding::rule).contains(LintRule.UNKNOWN_NAME);
            Filter filter = Resolver.resolve(profile, Host.docker(Arch.X86_64));
            assertThat(LibseccompCheck.of(library, filter, LibseccompCheck.Calls.ALL)
                            .problem())
                    .contains("of which the kernel takes 4096");
        }
    }

    private static String manyIoctls(String more) {
        String rules = IntStream.range(0, 2000)
                .mapToObj(i -> "{\"names\":[\"ioctl\"],\"action\":\"SCMP_ACT_ALLOW\",\"args\":[{\"index\":1,\"value\":"
                        + (i * 0x1_0000_0001L) + ",\"op\":\"SCMP_CMP_EQ\"}]},")
                .collect(Collectors.joining());
        return "{\"defaultAction\":\"SCMP_ACT_ERRNO\",\"syscalls\":[" + rules + more
                + "{\"names\":[\"read\",\"opnat\"],\"action\":\"SCMP_ACT_ALLOW\"}]}";
    }

    @Test
    void rules_that_only_look_doubtful_are_no_finding() {
        Libseccomp library = LibraryOfTests.installed();
        assertThat(Linter.lint(Subject.read("docker-default"), X86, () -> library))
                .extracting(Finding::rule)
                .doesNotContain(LintRule.LIBSECCOMP_DIFFERS, LintRule.NOT_COMPARED);
    }
}
