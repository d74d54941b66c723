package profgen.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import profgen.profile.Baseline;
import profgen.profile.Profile;
import profgen.syscall.Abi;
import profgen.syscall.Arch;
import profgen.syscall.SyscallTable;

/** Random profiles, resolved, with the programs that libseccomp makes of them. */
final class RandomFilters {
    private RandomFilters() {}

    record Made(Profile profile, Filter filter, BpfProgram program) {
        /** For all arguments of each call that the profile names. */
        void differsNowhere() {
            for (Abi abi : filter.abis()) {
                filter.numbers(abi).forEach(number -> check(abi, number));
            }
        }

        /** For all arguments of each call that has no name, or one of {@code names}. */
        void differsNowhere(Set<String> names) {
            for (Abi abi : Abi.values()) {
                IntStream.range(0, 600)
                        .filter(number -> SyscallTable.of(abi)
                                .name(number)
                                .map(names::contains)
                                .orElse(true))
                        .forEach(number -> check(abi, number));
            }
        }

        private void check(Abi abi, int number) {
            Regions regions = new Regions();
            assertThat(program.regions(abi, number, regions))
                    .as("%s %s of %s on %s", abi, number, profile, filter.host())
                    .isEqualTo(filter.regions(abi, number, regions));
        }
    }

    /** Checks that a default profile means what its program does. */
    static void baseline(Libseccomp libseccomp, String name, Host host) {
        Profile profile = Baseline.named(name).orElseThrow();
        Filter filter = Resolver.resolve(profile, host);
        if (!filter.isUnconfined()) {
            Compiled compiled = libseccomp.compile(filter);
            assertThat(compiled).as(name).isInstanceOf(Compiled.Program.class);
            new Made(profile, filter, ((Compiled.Program) compiled).program())
                    .differsNowhere(LibraryOfTests.names(libseccomp, host.arch()));
        }
    }

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
