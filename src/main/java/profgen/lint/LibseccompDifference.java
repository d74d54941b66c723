package profgen.lint;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import profgen.HostException;
import profgen.filter.Compiled;
import profgen.filter.EngineVersion;
import profgen.filter.Filter;
import profgen.filter.FilterRule;
import profgen.filter.Libseccomp;
import profgen.filter.LibseccompCheck;
import profgen.filter.LibseccompCheck.Discrepancy;
import profgen.syscall.ArgumentWidths;
import profgen.syscall.SyscallTable;

/**
 * Rules that mix operators or actions for one call: what the installed libseccomp makes of them, compared with what they say. The library
 * works in a process of its own, which starts while other checks run.
 */
final class LibseccompDifference {
    private final Supplier<Libseccomp> library;
    private final List<Filter> doubtful;
    private final FutureTask<List<Compiled>> programs = new FutureTask<>(this::compile);

    private LibseccompDifference(Supplier<Libseccomp> library, List<Filter> doubtful) {
        this.library = library;
        this.doubtful = doubtful;
    }

    /** @param library asked for only if rules are doubtful, and in another thread */
    static LibseccompDifference start(Supplier<Libseccomp> library, List<Filter> filters) {
        LibseccompDifference started = new LibseccompDifference(
                library,
                filters.stream().filter(LibseccompDifference::isToBeAsked).toList());
        if (!started.doubtful.isEmpty()) {
            Thread thread = new Thread(started.programs, "libseccomp");
            thread.setDaemon(true);
            thread.start();
        }
        return started;
    }

    /** Waits for the programs. */
    void report(Consumer<Finding> findings) {
        if (doubtful.isEmpty()) {
            return;
        }
        try {
            compare(programs.get(), findings);
        } catch (ExecutionException failed) {
            if (!(failed.getCause() instanceof HostException missing)) {
                throw new IllegalStateException(failed.getCause());
            }
            notCompared(String.valueOf(missing.getMessage()), findings);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            notCompared("interrupted", findings);
        }
    }

    private static boolean isToBeAsked(Filter filter) {
        return filter.refusals().isEmpty() && (LibseccompCheck.mayBeTooLong(filter) || isDoubtful(filter));
    }

    private static boolean isDoubtful(Filter filter) {
        return filter.abis().stream()
                .anyMatch(abi -> filter.numbers(abi).stream()
                        .anyMatch(number -> LibseccompCheck.isDoubtful(filter, abi, number)));
    }

    private List<Compiled> compile() {
        return library.get().compile(known());
    }

    private List<Filter> known() {
        return doubtful.stream()
                .filter(filter -> library.get().knows(filter.host().arch()))
                .toList();
    }

    private void compare(List<Compiled> compiled, Consumer<Finding> findings) {
        String version = "libseccomp " + library.get().version();
        List<Filter> known = known();
        doubtful.stream()
                .filter(filter -> !known.contains(filter))
                .forEach(filter -> notCompared(
                        version + " does not know " + filter.host().arch().scmpName(), findings));
        for (int i = 0; i < known.size(); i++) {
            compare(known.get(i), compiled.get(i), findings);
        }
        /* Engines differ by an instruction or two. */
        compiled.stream()
                .filter(Compiled.TooLong.class::isInstance)
                .limit(1)
                .forEach(made ->
                        findings.accept(Finding.of(LintRule.PROGRAM_TOO_LONG, "", version + " makes " + made.why())));
    }

    private void compare(Filter filter, Compiled compiled, Consumer<Finding> findings) {
        EngineVersion number = library.get().version();
        String version = "libseccomp " + number;
        if (compiled instanceof Compiled.TooLong) {
            return;
        }
        if (!compiled.why().isEmpty()) {
            findings.accept(
                    Finding.of(LintRule.LIBSECCOMP_DIFFERS, "", version + " makes no program: " + compiled.why()));
            return;
        }
        LibseccompCheck check = LibseccompCheck.of(
                number, filter, compiled, (abi, call) -> LibseccompCheck.isDoubtful(filter, abi, call));
        check.discrepancies()
                .forEach(one -> findings.accept(
                        Finding.of(LintRule.LIBSECCOMP_DIFFERS, path(filter, one), inWords(one) + ", by " + version)));
        String problem = check.problem();
        if (problem != null) {
            notCompared(version + ": " + problem, findings);
        }
    }

    private static void notCompared(String why, Consumer<Finding> findings) {
        findings.accept(Finding.of(LintRule.NOT_COMPARED, "", "not compared with libseccomp's program: " + why));
    }

    private static String path(Filter filter, Discrepancy one) {
        String name = name(one);
        return filter.rules().stream()
                .filter(rule -> rule.names().contains(name))
                .map(FilterRule::profileIndex)
                .findFirst()
                .map(index -> "syscalls[" + index + "]")
                .orElse("");
    }

    private static String name(Discrepancy one) {
        return SyscallTable.of(one.abi()).name(one.number()).orElse(Integer.toString(one.number()));
    }

    private static String inWords(Discrepancy one) {
        String name = name(one);
        int shown = ArgumentWidths.count(name);
        for (int i = shown; i < one.arguments().size(); i++) {
            shown = one.arguments().get(i) == 0 ? shown : i + 1;
        }
        String arguments = one.arguments().stream()
                .limit(shown)
                .map(value -> Long.toUnsignedString(value))
                .collect(Collectors.joining(", ", "(", ")"));
        String abi = one.abi().isNative() ? "" : " of " + one.abi().label();
        return name + arguments + abi + ": " + one.made() + ", where the rules say " + one.intended();
    }
}
