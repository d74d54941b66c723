package profgen.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import profgen.recording.Run.LedgerEntry;

/** What follows for the ledger from the calls themselves. */
final class CallRemarks {
    private static final String IO_URING = "io_uring_setup";
    private static final String PTRACE = "ptrace";
    private static final int EPERM = 1;

    private CallRemarks() {}

    static List<LedgerEntry> about(List<Call> calls, List<LedgerEntry> known) {
        List<LedgerEntry> remarks = new ArrayList<>();
        SortedMap<CallId, String> unnamed = new TreeMap<>();
        for (Call call : calls) {
            if (call.id().name().isEmpty()) {
                unnamed.putIfAbsent(call.id(), call.executable());
            }
        }
        unnamed.forEach((id, executable) -> remarks.add(new LedgerEntry(
                Ledger.UNNAMED_NUMBER,
                id.abi() + " " + id.number() + " (by " + executable + ") has no name in profgen's tables")));
        if (known.stream().noneMatch(entry -> entry.kind().equals(Ledger.USES_IO_URING))) {
            calls.stream()
                    .filter(call -> call.id().name().filter(IO_URING::equals).isPresent())
                    .findFirst()
                    .ifPresent(call -> remarks.add(ioUring(call)));
        }
        return remarks;
    }

    /** Of a run whose processes were tracees: what could not be traced in it because it was already, by the recorder. */
    static List<LedgerEntry> aboutTracees(List<Call> calls) {
        return calls.stream()
                .filter(call -> call.id().name().filter(PTRACE::equals).isPresent() && wasRefused(call))
                .findFirst()
                .map(call -> new LedgerEntry(
                        Ledger.ONE_TRACER,
                        call.executable()
                                + " called ptrace and was refused, perhaps since a process has one tracer, and that was"
                                + " the recorder; --tracer ebpf and notify are none"))
                .stream()
                .toList();
    }

    private static boolean wasRefused(Call call) {
        return call.errnos() != null && call.errnos().containsKey(EPERM);
    }

    private static LedgerEntry ioUring(Call call) {
        return new LedgerEntry(
                Ledger.USES_IO_URING,
                call.executable() + " uses io_uring: what it does through it is no system call and not recorded");
    }
}
