/**
 * The proof that recordings are true and that profiles hold: against tracefs, strace and a real Docker engine.
 *
 * <p>What is started here ends here: every command is bounded in time, every container is ended by its id.
 */
@NullMarked
package profgen.proof;

import org.jspecify.annotations.NullMarked;
