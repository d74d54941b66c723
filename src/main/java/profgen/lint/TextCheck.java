package profgen.lint;

import java.util.function.Consumer;
import profgen.profile.Oddity;

/** What the reader of the text found odd. */
final class TextCheck implements Check {
    @Override
    public void examine(Subject subject, Scope scope, Consumer<Finding> findings) {
        for (Oddity oddity : subject.oddities()) {
            findings.accept(Finding.of(rule(oddity.kind()), oddity.path(), oddity.problem())
                    .onLine(oddity.line()));
        }
    }

    private static LintRule rule(Oddity.Kind kind) {
        return switch (kind) {
            case UNKNOWN_KEY -> LintRule.UNKNOWN_KEY;
            case DUPLICATE_KEY -> LintRule.DUPLICATE_KEY;
            case KEY_CASE -> LintRule.KEY_CASE;
            case PODMAN_KEY -> LintRule.ERRNO_NAME_ONLY;
            case COMMENT -> LintRule.COMMENT_IN_JSON;
            case ARCHITECTURES_TWICE -> LintRule.ARCH_MAP_AND_ARCHITECTURES;
        };
    }
}
