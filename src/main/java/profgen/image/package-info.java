@NullMarked
package profgen.image;

import org.jspecify.annotations.NullMarked;
