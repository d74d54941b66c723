package profgen.lint;

import java.util.List;
import java.util.function.Consumer;
import profgen.filter.Filter;

/** Looks at what the hosts make of a profile; may report one thing several times. */
interface HostCheck {
    /** @param filters one for each of {@link Scope#hosts}; never of an unconfined profile */
    void examine(Subject subject, List<Filter> filters, Consumer<Finding> findings);
}
