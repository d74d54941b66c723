@NullMarked
package profgen.capability;

import org.jspecify.annotations.NullMarked;
