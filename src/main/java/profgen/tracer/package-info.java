/** Runs a workload under {@code profgen-tracer}, the native executable that traces it, and reads what it wrote down. */
@NullMarked
package profgen.tracer;

import org.jspecify.annotations.NullMarked;
