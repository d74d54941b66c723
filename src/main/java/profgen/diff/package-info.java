/** What differs in meaning between two profiles or recordings, and whether a profile allows what was recorded. */
@NullMarked
package profgen.diff;

import org.jspecify.annotations.NullMarked;
