/** The same policy for each consumer: what it reads differently is decided or said. */
@NullMarked
package profgen.render;

import org.jspecify.annotations.NullMarked;
