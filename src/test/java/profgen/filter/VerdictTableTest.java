package profgen.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import profgen.profile.Profile;
import profgen.profile.ProfileReader;
import profgen.syscall.Abi;
import profgen.syscall.SyscallTable;

/** testdata/verdicts: what a profile of its folder profiles does with a call on a host, one row each; REFUSED: the engine does not start it. */
class VerdictTableTest {
    private static final Path FOLDER = Path.of("testdata", "verdicts");

    @ParameterizedTest(name = "{0}: {1} on {2}: {3} -> {4}")
    @MethodSource("rows")
    void a_profile_does_what_the_table_says(String place, String profile, String host, String call, String verdict) {
        Filter filter = Resolver.resolve(read(profile), HostText.parse(host));
        if (verdict.equals("REFUSED")) {
            assertThat(filter.refusals()).isNotEmpty();
            return;
        }
        assertThat(filter.refusals()).isEmpty();
        Call parsed = Call.parse(call);
        Decision decision = filter.decide(parsed.abi(), parsed.number(), parsed.arguments());
        assertThat(text(decision.outcome())).as(decision.toString()).isEqualTo(verdict);
        assertThat(filter.outcome(parsed.abi(), parsed.number(), parsed.arguments()))
                .isEqualTo(decision.outcome());
        Regions regions = new Regions();
        Region region =
                filter.regions(parsed.abi(), parsed.number(), regions).getOrDefault(decision.outcome(), regions.none());
        assertThat(region.contains(parsed.arguments())).isTrue();
    }

    static Profile read(String profile) {
        return ProfileReader.read(FOLDER.resolve("profiles").resolve(profile + ".json"), oddity -> {});
    }

    private static String text(Outcome outcome) {
        return outcome.data() == 0 ? outcome.action().name() : outcome.action() + "(" + outcome.data() + ")";
    }

    static Stream<Arguments> rows() throws IOException {
        List<Arguments> rows = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)
                .filter(file -> file.toString().endsWith(".tsv"))
                .sorted()) {
            for (Path file : files.toList()) {
                List<String> lines = Files.readAllLines(file);
                for (int i = 0; i < lines.size(); i++) {
                    if (!lines.get(i).isEmpty() && !lines.get(i).startsWith("#")) {
                        String[] cells = lines.get(i).split("\t", -1);
                        assertThat(cells).as("%s line %s", file, i + 1).hasSize(4);
                        rows.add(Arguments.of(
                                file.getFileName() + ":" + (i + 1), cells[0], cells[1], cells[2], cells[3]));
                    }
                }
            }
        }
        return rows.stream();
    }

    /** {@code socket 40 1}, {@code i386:socketcall 1}, {@code x86_64:#500}; without an ABI x86_64. */
    record Call(Abi abi, int number, List<Long> values) {
        static Call parse(String text) {
            List<String> words = Arrays.asList(text.split(" ", -1));
            int colon = words.get(0).indexOf(':');
            Abi abi = colon < 0
                    ? Abi.X86_64
                    : Abi.byLabel(words.get(0).substring(0, colon)).orElseThrow();
            String name = words.get(0).substring(colon + 1);
            int number = name.startsWith("#")
                    ? Integer.parseInt(name.substring(1))
                    : SyscallTable.of(abi).number(name).orElseThrow();
            return new Call(abi, number, words.stream().skip(1).map(Call::value).toList());
        }

        long[] arguments() {
            return values.stream().mapToLong(Long::longValue).toArray();
        }

        private static Long value(String text) {
            return text.startsWith("0x") ? Long.parseUnsignedLong(text.substring(2), 16) : Long.parseUnsignedLong(text);
        }
    }
}
