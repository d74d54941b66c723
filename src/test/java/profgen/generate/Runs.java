package profgen.generate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import profgen.capability.Capability;
import profgen.capability.CapabilitySet;
import profgen.recording.Call;
import profgen.recording.CallId;
import profgen.recording.CapabilityUse;
import profgen.recording.Phase;
import profgen.recording.Recording;
import profgen.recording.Run;
import profgen.syscall.Abi;
import profgen.syscall.Arch;
import profgen.syscall.SyscallTable;
import profgen.syscall.WatchedArguments;

/** Builds a run for a test: {@code Runs.on(X86_64).call("read").values("socket", tuple(2, 1, 0)).recording()}. */
final class Runs {
    private final Arch arch;
    private final List<Call> calls = new ArrayList<>();
    private CapabilitySet bounding = CapabilitySet.DOCKER_DEFAULT;
    private final List<CapabilityUse> uses = new ArrayList<>();
    private boolean seesUses;
    private int uid;
    private int exitStatus;
    private String id = "0".repeat(32);

    private Runs(Arch arch) {
        this.arch = arch;
    }

    static Runs on(Arch arch) {
        return new Runs(arch);
    }

    static long[] tuple(long... values) {
        return values;
    }

    /** One success, arguments not kept. */
    Runs call(String... names) {
        for (String name : names) {
            add(arch.nativeAbi(), name, 1, new TreeMap<>(), null);
        }
        return this;
    }

    /** Seen in these phases of a service. */
    Runs in(Set<Phase> phases, String... names) {
        for (String name : names) {
            int number = SyscallTable.of(arch.nativeAbi()).number(name).orElseThrow();
            CallId same = new CallId(arch.nativeAbi().label(), number);
            Call plain = call(same, 1, new TreeMap<>(), null);
            calls.add(
                    new Call(plain.executable(), same, 1L, plain.errnos(), plain.first(), null, new TreeSet<>(phases)));
        }
        return this;
    }

    Runs values(String name, long[]... tuples) {
        return add(
                arch.nativeAbi(),
                name,
                1,
                new TreeMap<>(),
                new Call.Arguments(WatchedArguments.of(name), boxed(tuples), false));
    }

    Runs many(String name, long[] tuple) {
        return add(
                arch.nativeAbi(),
                name,
                65,
                new TreeMap<>(),
                new Call.Arguments(WatchedArguments.of(name), boxed(tuple), true));
    }

    Runs refused(String name) {
        return add(arch.nativeAbi(), name, 1, new TreeMap<>(Map.of(1, 1L)), null);
    }

    Runs foreign(Abi abi, String... names) {
        for (String name : names) {
            add(abi, name, 1, new TreeMap<>(), null);
        }
        return this;
    }

    Runs number(String abi, int number) {
        calls.add(call(new CallId(abi, number), 1, new TreeMap<>(), null));
        return this;
    }

    Runs with(Capability capability) {
        bounding = bounding.with(capability);
        return this;
    }

    Runs user(int number) {
        uid = number;
        return this;
    }

    Runs exited(int status) {
        exitStatus = status;
        return this;
    }

    Runs id(int number) {
        id = "%032x".formatted(number);
        return this;
    }

    /** The recorder saw which capabilities the kernel asked for: this one was there, in the last call. */
    Runs used(Capability capability) {
        Call last = calls.get(calls.size() - 1);
        uses.add(new CapabilityUse(capability, true, last.id(), last.executable()));
        return usedNoOther();
    }

    Runs usedNoOther() {
        seesUses = true;
        return this;
    }

    Run run() {
        CapabilitySet held = uid == 0 ? bounding : CapabilitySet.NONE;
        return new Run(
                id,
                new Run.Provenance(0, "test", "ptrace", "sandbox", List.of(), arch, "6.12.0", List.of("test")),
                new Run.StartState(
                        uid,
                        0,
                        List.of(),
                        bounding,
                        held,
                        held,
                        CapabilitySet.NONE,
                        CapabilitySet.NONE,
                        false,
                        false,
                        0,
                        0),
                new Run.Outcome(1L, exitStatus, null, 1L, 1L),
                List.of(),
                true,
                calls,
                seesUses ? uses : null);
    }

    Recording recording() {
        return new Recording(List.of(run()));
    }

    private static List<List<Long>> boxed(long[]... tuples) {
        return Arrays.stream(tuples)
                .map(tuple -> Arrays.stream(tuple).boxed().toList())
                .toList();
    }

    private Runs add(
            Abi abi, String name, long count, SortedMap<Integer, Long> errnos, Call.@Nullable Arguments arguments) {
        int number = SyscallTable.of(abi).number(name).orElseThrow(() -> new AssertionError(abi + " " + name));
        calls.add(call(new CallId(abi.label(), number), count, errnos, arguments));
        return this;
    }

    /** Each by another program, so that a test may add one call twice. */
    private Call call(CallId id, long count, SortedMap<Integer, Long> errnos, Call.@Nullable Arguments arguments) {
        return new Call("/bin/test" + calls.size(), id, count, errnos, new Call.FirstSight(0, 1, "test"), arguments);
    }
}
