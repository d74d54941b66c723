/** The commands: they read options, call the stages, print, and decide the exit status. */
@NullMarked
package profgen.cli;

import org.jspecify.annotations.NullMarked;
