package profgen.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import profgen.BadInputException;
import profgen.filter.Engine;
import profgen.filter.Libseccomp;
import profgen.lint.Finding;
import profgen.lint.Level;
import profgen.lint.Linter;
import profgen.lint.Scope;
import profgen.lint.Subject;
import profgen.report.LintReport;
import profgen.syscall.Arch;

/** {@code profgen lint}: what engines do with a profile in silence. */
@Command(
        name = "lint",
        description = {
            "Lists what engines do with a profile without saying so, and what is dangerous in it.",
            "",
            "An error: an engine refuses the file or does otherwise than it says, or no program can work under it. A"
                    + " warning: probably not what was meant, or a risk. A note: worth knowing, often meant so. Every"
                    + " finding has an id that does not change, the place in the file, and a remedy. Comments (// and /* */)"
                    + " are read and reported. A file that is no profile at all is bad input.",
        },
        exitCodeList = {
            "0:nothing as grave as --fail-on says was found",
            "1:something was",
            "2:wrong usage",
            "3:a file or a value cannot be used",
        },
        footer = {
            "  profgen lint app.seccomp.json",
            "  profgen lint --engine containerd --fail-on warning deploy/*.seccomp.json",
            "  profgen lint --format sarif app.seccomp.json >lint.sarif",
            "  profgen lint --level warning --json docker-default | jq '.files[].findings[].id'",
        })
final class LintCommand implements Callable<Integer>, SaysErrorsInJson {
    /** Asked for at most once, and only if a profile's rules need it. */
    private static final class Library implements AutoCloseable {
        private @Nullable Libseccomp installed;

        synchronized Libseccomp get() {
            if (installed == null) {
                installed = Libseccomp.installed();
            }
            return installed;
        }

        @Override
        public synchronized void close() {
            if (installed != null) {
                installed.close();
            }
        }
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "PROFILE", description = "Files, or baselines such as docker-default.")
    private List<String> profiles = List.of();

    @Option(
            names = "--engine",
            paramLabel = "NAME[@VERSION]",
            split = ",",
            description =
                    "Only what matters to this engine: docker, podman, crio, containerd, runc or crun. Repeatable."
                            + " Default: all, and what matters to some of them only is a note.")
    private List<String> engines = new ArrayList<>();

    @Option(
            names = "--arch",
            paramLabel = "ARCH",
            split = ",",
            description = "Only what matters on x86_64 or loongarch64. Repeatable. Default: both.")
    private List<String> arches = new ArrayList<>();

    @Option(
            names = "--level",
            paramLabel = "error|warning|note",
            defaultValue = "note",
            description = "The least grave that is shown. Default: ${DEFAULT-VALUE}.")
    private Level level = Level.NOTE;

    @Option(
            names = "--fail-on",
            paramLabel = "error|warning|note",
            defaultValue = "error",
            description = "The least grave for which the status is 1, shown or not. Default: ${DEFAULT-VALUE}.")
    private Level failOn = Level.ERROR;

    @Option(
            names = "--format",
            paramLabel = "text|json|sarif",
            defaultValue = "text",
            description = "Default: ${DEFAULT-VALUE}.")
    private Format format = Format.TEXT;

    @Option(names = "--json", description = "The same as --format json.")
    private boolean json;

    @Override
    public boolean json() {
        return format() == Format.JSON;
    }

    private Format format() {
        return json ? Format.JSON : format;
    }

    private enum Format {
        TEXT,
        JSON,
        SARIF
    }

    @Override
    public Integer call() {
        Scope scope = new Scope(
                engines.stream().map(LintCommand::engine).toList(),
                arches.stream().map(LintCommand::arch).distinct().toList());
        List<Subject> subjects = profiles.stream().distinct().map(Subject::read).toList();
        Map<String, List<Finding>> found = new LinkedHashMap<>();
        try (Library library = new Library()) {
            subjects.forEach(subject -> found.put(subject.source(), Linter.lint(subject, scope, library::get)));
        }
        boolean fails = found.values().stream()
                .flatMap(List::stream)
                .anyMatch(one -> one.level().isAtLeast(failOn));
        found.replaceAll((source, all) ->
                all.stream().filter(one -> one.level().isAtLeast(level)).toList());
        print(found);
        return (fails ? ExitCode.NO : ExitCode.DONE).status();
    }

    private void print(Map<String, List<Finding>> shown) {
        spec.commandLine()
                .getOut()
                .print(
                        switch (format()) {
                            case TEXT -> LintReport.text(shown);
                            case JSON -> LintReport.json(shown);
                            case SARIF -> LintReport.sarif(shown, Version.current());
                        });
    }

    private static Engine engine(String text) {
        return Engine.parse(text)
                .orElseThrow(() -> new BadInputException("--engine " + text
                        + ": expected docker, podman, crio, containerd, runc or crun, and @VERSION if it matters"));
    }

    private static Arch arch(String text) {
        return Arch.byName(text)
                .orElseThrow(() -> new BadInputException("--arch " + text + ": expected x86_64 or loongarch64"));
    }
}
