@NullMarked
package profgen.container;

import org.jspecify.annotations.NullMarked;
