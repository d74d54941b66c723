/** Runs a workload under a profile where it will really run, and says whether it works; names what was refused, and mends the profile. */
@NullMarked
package profgen.verify;

import org.jspecify.annotations.NullMarked;
