package profgen.container;

import java.util.List;

/**
 * Who the workload runs as.
 *
 * @param groups supplementary ones
 */
public record UserIds(long uid, long gid, List<Long> groups) {
    /** The kernel keeps the highest id for "none". */
    static final long HIGHEST = 0xFFFFFFFEL;

    public UserIds {
        groups = List.copyOf(groups);
    }
}
