@NullMarked
package profgen.recording;

import org.jspecify.annotations.NullMarked;
