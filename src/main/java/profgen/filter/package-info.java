@NullMarked
package profgen.filter;

import org.jspecify.annotations.NullMarked;
