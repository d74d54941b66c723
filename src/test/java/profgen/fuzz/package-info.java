/** Files that were damaged on purpose, given to every command that reads files. */
@NullMarked
package profgen.fuzz;

import org.jspecify.annotations.NullMarked;
