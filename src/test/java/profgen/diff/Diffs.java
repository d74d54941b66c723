package profgen.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import profgen.filter.Host;
import profgen.profile.Profile;
import profgen.syscall.Abi;
import profgen.syscall.Arch;
import profgen.syscall.SyscallTable;

/** What tests of comparisons have in common. */
final class Diffs {
    private Diffs() {}

    static List<Asked> hosts(Side a, Side b) {
        return HostChoice.withConditions(
                Stream.of(Arch.values()).map(Host::docker).toList(), a, b, EnumSet.allOf(HostChoice.Varied.class));
    }

    static Comparison of(Profile a, Profile b) {
        return of(new Side.OfProfile("a", a), new Side.OfProfile("b", b));
    }

    static Comparison of(Side a, Side b) {
        return Comparer.compare(a, b, hosts(a, b));
    }

    /** Every witness is answered as the change says, and differently. */
    static void assertWitnessed(Side a, Side b, Comparison comparison) {
        Map<Host, Side.OnHost> left = new HashMap<>();
        Map<Host, Side.OnHost> right = new HashMap<>();
        for (Change change : comparison.changes()) {
            Witness witness = change.witness().orElseThrow();
            List<Place> places = change instanceof CallChange call ? call.places() : ((AbiChange) change).places();
            assertThat(places).as(change::toString).isNotEmpty();
            boolean unnamed = change.subject().equals(CallChange.UNNAMED);
            for (Place place : places.subList(0, unnamed ? 1 : places.size())) {
                int number = SyscallTable.of(place.abi()).number(witness.call()).orElse(witness.number());
                Host host = place.asked().host();
                var before =
                        left.computeIfAbsent(host, a::on).verdicts().outcome(place.abi(), number, witness.values());
                var after =
                        right.computeIfAbsent(host, b::on).verdicts().outcome(place.abi(), number, witness.values());
                assertThat(before).as(() -> change + " at " + place).isNotEqualTo(after);
                if (change instanceof CallChange call) {
                    assertThat(List.of(before, after))
                            .as(change::toString)
                            .containsExactly(call.before(), call.after());
                }
            }
        }
    }

    /** Calls of names and numbers of every kind, with arguments at the edges of the tests' values. */
    static long differences(Side a, Side b, int calls, Random random) {
        long differences = 0;
        for (Asked asked : hosts(a, b)) {
            var left = a.on(asked.host()).verdicts();
            var right = b.on(asked.host()).verdicts();
            List<Abi> abis = Arrays.stream(Abi.values())
                    .filter(abi -> abi.arch() == asked.host().arch())
                    .toList();
            for (int i = 0; i < calls; i++) {
                Abi abi = abis.get(random.nextInt(abis.size()));
                int number = number(abi, random);
                long[] arguments = arguments(random);
                differences +=
                        left.outcome(abi, number, arguments).equals(right.outcome(abi, number, arguments)) ? 0 : 1;
            }
        }
        return differences;
    }

    private static int number(Abi abi, Random random) {
        String name = PlainProfiles.NAMES.get(random.nextInt(PlainProfiles.NAMES.size()));
        return random.nextInt(4) == 0
                ? random.nextInt(1000)
                : SyscallTable.of(abi).number(name).orElse(random.nextInt(500));
    }

    private static long[] arguments(Random random) {
        List<Long> six = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            long value = PlainProfiles.VALUES[random.nextInt(PlainProfiles.VALUES.length)];
            six.add(value + random.nextInt(3) - 1 + (random.nextInt(8) == 0 ? 1L << 32 : 0));
        }
        return six.stream().mapToLong(Long::longValue).toArray();
    }
}
