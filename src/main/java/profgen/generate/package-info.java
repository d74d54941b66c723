@NullMarked
package profgen.generate;

import org.jspecify.annotations.NullMarked;
