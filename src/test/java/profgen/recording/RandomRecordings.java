package profgen.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import profgen.capability.Capability;
import profgen.capability.CapabilitySet;
import profgen.recording.Call.Arguments;
import profgen.recording.Call.FirstSight;
import profgen.syscall.Arch;

/** Recordings of every shape, the same for the same seed. */
final class RandomRecordings {
    private static final List<String> ABIS = List.of("x86_64", "i386", "x32", "loongarch64", "unknown:0x80000015");
    private static final List<String> TEXTS =
            List.of("/usr/bin/ls", "", "a b", "\"\\\n\t", "\\xff", "ü日本\uD83D\uDE00", "\u0000\u007f", "/a:b", "-");
    private static final int[] ERRNOS = {1, 2, 11, 38, 512, 516, 4711};

    private final Random random;
    private final boolean divided;

    RandomRecordings(long seed) {
        random = new Random(seed);
        divided = random.nextBoolean();
    }

    Recording recording() {
        TreeMap<String, Run> runs = new TreeMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            Run run = run();
            runs.put(run.id(), run);
        }
        return new Recording(List.copyOf(runs.values()));
    }

    /** Out of few ids, so that two recordings often share one, seldom with the same content. */
    Run run() {
        String id = "%032x".formatted(random.nextInt(6));
        return new Run(
                id,
                provenance(),
                maybe(this::start),
                outcome(),
                ledger(),
                random.nextBoolean(),
                calls(),
                maybe(this::uses));
    }

    private List<CapabilityUse> uses() {
        List<CapabilityUse> uses = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            CallId call = new CallId(ABIS.get(random.nextInt(ABIS.size())), random.nextInt(5));
            Capability capability = Capability.byNumber(random.nextInt(41)).orElseThrow();
            uses.add(
                    new CapabilityUse(capability, random.nextBoolean(), call, TEXTS.get(random.nextInt(TEXTS.size()))));
        }
        return uses;
    }

    private Run.Provenance provenance() {
        return new Run.Provenance(
                random.nextLong() & Long.MAX_VALUE,
                "0.1.0",
                "ptrace",
                random.nextBoolean() ? "sandbox" : "host",
                texts(),
                random.nextBoolean() ? Arch.X86_64 : Arch.LOONGARCH64,
                "6.12.43+deb13-amd64",
                texts());
    }

    private Run.StartState start() {
        return new Run.StartState(
                random.nextInt(),
                random.nextInt(),
                List.of(random.nextInt(), 0),
                set(),
                set(),
                set(),
                set(),
                set(),
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextInt(3),
                random.nextInt(5));
    }

    private CapabilitySet set() {
        return CapabilitySet.fromMask(random.nextLong());
    }

    private Run.Outcome outcome() {
        return new Run.Outcome(
                maybe(this::unsigned63),
                maybe(() -> random.nextInt(256)),
                maybe(() -> 1 + random.nextInt(64)),
                maybe(this::unsigned63),
                maybe(this::unsigned63));
    }

    private List<Run.LedgerEntry> ledger() {
        return texts().stream().map(text -> new Run.LedgerEntry("note", text)).toList();
    }

    private List<Call> calls() {
        List<Call> calls = new ArrayList<>();
        TreeSet<CallId> ids = new TreeSet<>();
        for (int i = random.nextInt(8); i > 0; i--) {
            ids.add(new CallId(one(ABIS), random.nextInt(500) - 10));
        }
        for (CallId id : ids) {
            for (String executable : new TreeSet<>(List.of(one(TEXTS), one(TEXTS)))) {
                calls.add(call(executable, id));
            }
        }
        return calls;
    }

    private Call call(String executable, CallId id) {
        Extent extent = one(List.of(Extent.values()));
        SortedMap<Integer, Long> errnos = maybe(this::errnos);
        Long count = maybe(() -> 100_000L + unsigned63() / 2);
        FirstSight first = new FirstSight(unsigned63(), random.nextInt(1 << 22), one(TEXTS));
        return new Call(executable, id, count, errnos, first, maybe(this::arguments), phases(), extent);
    }

    private SortedSet<Phase> phases() {
        SortedSet<Phase> phases = new TreeSet<>();
        for (int i = random.nextInt(3); divided && i > 0; i--) {
            phases.add(one(List.of(Phase.values())));
        }
        return phases;
    }

    private SortedMap<Integer, Long> errnos() {
        TreeMap<Integer, Long> errnos = new TreeMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            errnos.put(ERRNOS[random.nextInt(ERRNOS.length)], 1L + random.nextInt(1000));
        }
        return errnos;
    }

    private Arguments arguments() {
        List<List<Long>> tuples = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            tuples.add(List.of(random.nextLong(), (long) random.nextInt(3)));
        }
        return new Arguments(List.of(0, 5), tuples, random.nextBoolean());
    }

    private List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            texts.add(one(TEXTS));
        }
        return texts;
    }

    private long unsigned63() {
        return random.nextLong() >>> (1 + random.nextInt(60));
    }

    private <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private <T> @Nullable T maybe(Supplier<T> value) {
        return random.nextInt(4) == 0 ? null : value.get();
    }
}
