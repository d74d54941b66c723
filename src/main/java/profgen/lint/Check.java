package profgen.lint;

import java.util.function.Consumer;

/** Looks for one kind of findings; may report one several times. */
interface Check {
    void examine(Subject subject, Scope scope, Consumer<Finding> findings);
}
