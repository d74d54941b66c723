@NullMarked
package profgen;

import org.jspecify.annotations.NullMarked;
