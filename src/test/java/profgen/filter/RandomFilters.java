package profgen.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import profgen.profile.Profile;
import profgen.syscall.Arch;

/** Random profiles, resolved, with the programs that libseccomp makes of them. */
final class RandomFilters {
    private RandomFilters() {}

    record Made(Profile profile, Filter filter, BpfProgram program) {}

    static List<Made> of(Libseccomp libseccomp, Random random, String engine, int count) {
        return of(
                libseccomp,
                random,
                Host.docker(Arch.X86_64).withEngine(Engine.parse(engine).orElseThrow()),
                count);
    }

    static List<Made> of(Libseccomp libseccomp, Random random, Host host, int count) {
        RandomProfiles generator = new RandomProfiles(random, LibraryOfTests.names(libseccomp, host.arch()));
        List<Profile> profiles = Stream.generate(generator::next).limit(count).toList();
        List<Filter> filters = profiles.stream()
                .map(profile -> Resolver.resolve(profile, host))
                .toList();
        List<Compiled> compiled = libseccomp.compile(filters);
        List<Made> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            assertThat(compiled.get(i)).as("%s", profiles.get(i)).isInstanceOf(Compiled.Program.class);
            made.add(new Made(profiles.get(i), filters.get(i), ((Compiled.Program) compiled.get(i)).program()));
        }
        return made;
    }
}
