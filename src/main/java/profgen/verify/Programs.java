package profgen.verify;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import profgen.BadInputException;
import profgen.HostException;
import profgen.filter.Compiled;
import profgen.filter.Filter;
import profgen.filter.Host;
import profgen.filter.Libseccomp;
import profgen.filter.Resolver;
import profgen.profile.Profile;

/** The files of the programs that a host's runtime makes of profiles. */
final class Programs {
    private final Host host;
    private final Scratch scratch;
    private final Map<Profile, Optional<Path>> made = new HashMap<>();

    Programs(Host host, Scratch scratch) {
        this.host = host;
        this.scratch = scratch;
    }

    /** Empty for a profile with which an engine loads no filter. */
    Optional<Path> of(Profile profile) {
        return made.computeIfAbsent(profile, this::make);
    }

    private Optional<Path> make(Profile profile) {
        Filter filter = Resolver.resolve(profile, host);
        if (filter.isUnconfined()) {
            return Optional.empty();
        }
        Compiled compiled = compiled(filter);
        if (compiled instanceof Compiled.Program program) {
            return Optional.of(scratch.write(".bpf", program.program().toBytes(), false));
        } else if (compiled instanceof Compiled.Refused refused) {
            throw new BadInputException("libseccomp: refuses a rule: " + refused.why());
        }
        if (compiled instanceof Compiled.TooLong) {
            throw new BadInputException("libseccomp: makes " + compiled.why());
        }
        throw new HostException(((Compiled.GaveUp) compiled).why());
    }

    private static Compiled compiled(Filter filter) {
        try (Libseccomp library = Libseccomp.installed()) {
            return library.compile(filter);
        }
    }
}
