@NullMarked
package profgen.bench;

import org.jspecify.annotations.NullMarked;
