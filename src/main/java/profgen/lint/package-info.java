@NullMarked
package profgen.lint;

import org.jspecify.annotations.NullMarked;
