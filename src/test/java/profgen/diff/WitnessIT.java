package profgen.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import profgen.filter.Compiled;
import profgen.filter.Filter;
import profgen.filter.Host;
import profgen.filter.LibraryOfTests;
import profgen.filter.Libseccomp;
import profgen.filter.Outcome;
import profgen.filter.Resolver;
import profgen.profile.Baseline;
import profgen.profile.Profile;
import profgen.syscall.Arch;

/** The programs that libseccomp makes of two profiles answer the witness of every change as the comparison says. */
class WitnessIT {
    @ParameterizedTest
    @CsvSource({
        "docker-default, docker-28",
        "docker-20.10, docker-default",
        "docker-default, podman-default",
        "docker-default, unconfined",
        "strict, docker-default"
    })
    void the_programs_differ_at_every_witness(String a, String b) {
        differ(LibraryOfTests.installed(), Arch.X86_64, a, b);
    }

    @ParameterizedTest
    @CsvSource({
        "docker-default, docker-28",
        "docker-20.10, docker-default",
        "docker-default, podman-default",
        "docker-default, unconfined",
        "strict, docker-default"
    })
    void the_programs_for_loongarch_differ_at_every_witness(String a, String b) throws Exception {
        differ(LibraryOfTests.newer(), Arch.LOONGARCH64, a, b);
    }

    /** Of changes that are seen on {@code arch}; their witness is a call of their first place. */
    private static void differ(Libseccomp libseccomp, Arch arch, String a, String b) {
        Profile before = Baseline.named(a).orElseThrow();
        Profile after = Baseline.named(b).orElseThrow();
        Programs first = new Programs(libseccomp, before);
        Programs second = new Programs(libseccomp, after);
        Set<String> known = LibraryOfTests.names(libseccomp, arch);
        int compared = 0;
        List<Asked> hosts = Diffs.hosts(new Side.OfProfile(a, before), new Side.OfProfile(b, after)).stream()
                .filter(asked -> asked.host().arch() == arch)
                .toList();
        Comparison comparison = Comparer.compare(new Side.OfProfile(a, before), new Side.OfProfile(b, after), hosts);
        for (Change change : comparison.changes()) {
            if (change instanceof CallChange call && known.contains(call.call())) {
                Host host = call.places().get(0).asked().host();
                assertThat(first.outcome(host, call.callSeen()))
                        .as(change.toString())
                        .isEqualTo(call.before());
                assertThat(second.outcome(host, call.callSeen()))
                        .as(change.toString())
                        .isEqualTo(call.after());
                compared++;
            }
        }
        assertThat(compared).isPositive();
    }

    /** One profile's program on each host. */
    private static final class Programs {
        private final Libseccomp libseccomp;
        private final Profile profile;
        private final Map<Host, Optional<Compiled.Program>> made = new HashMap<>();

        Programs(Libseccomp libseccomp, Profile profile) {
            this.libseccomp = libseccomp;
            this.profile = profile;
        }

        Outcome outcome(Host host, Witness witness) {
            return made.computeIfAbsent(host, this::make)
                    .map(made -> made.program().outcome(witness.abi(), witness.number(), witness.values()))
                    .orElse(Outcome.ALLOW);
        }

        /** Empty without a filter. */
        private Optional<Compiled.Program> make(Host host) {
            Filter filter = Resolver.resolve(profile, host);
            return filter.isUnconfined()
                    ? Optional.empty()
                    : Optional.of((Compiled.Program) libseccomp.compile(filter));
        }
    }
}
