package profgen.lint;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import profgen.HostException;
import profgen.filter.Compiled;
import profgen.filter.Filter;
import profgen.filter.FilterRule;
import profgen.filter.Libseccomp;
import profgen.filter.LibseccompCheck;
import profgen.filter.LibseccompCheck.Discrepancy;
import profgen.syscall.ArgumentWidths;
import profgen.syscall.SyscallTable;

/** Rules that mix operators or actions for one call: what the installed libseccomp makes of them, compared with what they say. */
final class LibseccompDifference implements HostCheck {
    private final Supplier<Libseccomp> library;

    LibseccompDifference(Supplier<Libseccomp> library) {
        this.library = library;
    }

    @Override
    public void examine(Subject subject, List<Filter> filters, Consumer<Finding> findings) {
        List<Filter> doubtful =
                filters.stream().filter(LibseccompDifference::isDoubtful).toList();
        if (doubtful.isEmpty()) {
            return;
        }
        try {
            compare(library.get(), doubtful, findings);
        } catch (HostException missing) {
            notCompared(String.valueOf(missing.getMessage()), findings);
        }
    }

    private static boolean isDoubtful(Filter filter) {
        return filter.refusals().isEmpty()
                && filter.abis().stream()
                        .anyMatch(abi -> filter.numbers(abi).stream()
                                .anyMatch(number -> LibseccompCheck.isDoubtful(filter, abi, number)));
    }

    private static void compare(Libseccomp library, List<Filter> filters, Consumer<Finding> findings) {
        String version = "libseccomp " + library.version();
        List<Filter> known = filters.stream()
                .filter(filter -> library.knows(filter.host().arch()))
                .toList();
        filters.stream()
                .filter(filter -> !known.contains(filter))
                .forEach(filter -> notCompared(
                        version + " does not know " + filter.host().arch().scmpName(), findings));
        List<Compiled> compiled = library.compile(known);
        for (int i = 0; i < known.size(); i++) {
            Filter filter = known.get(i);
            String refused = compiled.get(i).why();
            if (!refused.isEmpty()) {
                findings.accept(Finding.of(LintRule.LIBSECCOMP_DIFFERS, "", version + " makes no program: " + refused));
                continue;
            }
            LibseccompCheck check = LibseccompCheck.of(library.version(), filter, compiled.get(i));
            check.discrepancies().stream()
                    .filter(one -> LibseccompCheck.isDoubtful(filter, one.abi(), one.number()))
                    .forEach(one -> findings.accept(Finding.of(
                            LintRule.LIBSECCOMP_DIFFERS, path(filter, one), inWords(one) + ", by " + version)));
            String problem = check.problem();
            if (problem != null) {
                notCompared(version + ": " + problem, findings);
            }
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
