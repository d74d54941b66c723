/** What this machine can do. */
@NullMarked
package profgen.host;

import org.jspecify.annotations.NullMarked;
