package profgen.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import profgen.filter.Compiled;
import profgen.filter.Filter;
import profgen.filter.Host;
import profgen.filter.LibraryOfTests;
import profgen.filter.Libseccomp;
import profgen.filter.Resolver;
import profgen.syscall.Abi;
import profgen.syscall.Arch;

class LibseccompDifferenceIT {
    private static final String MIXED = "testdata/profiles/lint/libseccomp-differs.json";
    private static final Scope X86 = new Scope(List.of(), List.of(Arch.X86_64));

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
    void rules_that_only_look_doubtful_are_no_finding() {
        Libseccomp library = LibraryOfTests.installed();
        assertThat(Linter.lint(Subject.read("docker-default"), X86, () -> library))
                .extracting(Finding::rule)
                .doesNotContain(LintRule.LIBSECCOMP_DIFFERS, LintRule.NOT_COMPARED);
    }
}
