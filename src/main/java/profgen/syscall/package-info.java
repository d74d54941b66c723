@NullMarked
package profgen.syscall;

import org.jspecify.annotations.NullMarked;
