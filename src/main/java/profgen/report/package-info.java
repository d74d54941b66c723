@NullMarked
package profgen.report;

import org.jspecify.annotations.NullMarked;
