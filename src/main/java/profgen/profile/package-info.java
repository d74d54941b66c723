@NullMarked
package profgen.profile;

import org.jspecify.annotations.NullMarked;
