package profgen.generate;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import profgen.generate.Generated.LeftOut;
import profgen.recording.CallId;
import profgen.recording.Recording;
import profgen.syscall.Abi;
import profgen.syscall.SyscallTable;

/** Recorded calls that no profile can name. */
final class Unnamed {
    private Unnamed() {}

    static List<LeftOut> in(Recording recording) {
        TreeMap<CallId, LeftOut> found = new TreeMap<>();
        recording
                .runs()
                .forEach(run -> run.calls().forEach(call -> {
                    CallId id = call.id();
                    Optional<Abi> abi = id.knownAbi();
                    if (abi.isEmpty()) {
                        found.put(id, leftOut(id, "profgen has no table of this ABI"));
                    } else if (SyscallTable.of(abi.get()).name(id.number()).isEmpty()) {
                        found.put(id, leftOut(id, "no kernel known here has a call of this number"));
                    }
                }));
        return List.copyOf(found.values());
    }

    private static LeftOut leftOut(CallId id, String why) {
        return new LeftOut("number " + id.number() + " of " + id.abi(), LeftOut.Kind.UNNAMED, why, "");
    }
}
