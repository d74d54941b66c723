package profgen.recording;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import profgen.syscall.Abi;
import profgen.syscall.Arch;
import profgen.syscall.SyscallTable;

/** A process as a log of strace shows it; a thread is one too. */
final class StraceTask {
    /** i386's glibc reaches these through socketcall, and strace names them alike. */
    static final List<String> SOCKETS = List.of(
            "socket",
            "bind",
            "connect",
            "listen",
            "getsockname",
            "getpeername",
            "socketpair",
            "sendto",
            "recvfrom",
            "shutdown",
            "setsockopt",
            "getsockopt",
            "sendmsg",
            "recvmsg",
            "accept4",
            "sendmmsg",
            "recvmmsg");

    private static final Pattern UNNAMED = Pattern.compile("syscall_(0x[0-9a-f]{1,8})");

    String executable;
    String argv0;
    Abi abi;
    /** Of the call that it is in; null between calls. */
    @Nullable
    String name;
    /** As far as they were written before another process's lines. */
    String arguments = "";
    /** Of the call, where the log has it; else -1. */
    int number;
    /** Its ABI was taken from the name of a call. */
    boolean inferred;

    StraceTask(String executable, String argv0, Abi abi) {
        this.executable = executable;
        this.argv0 = argv0;
        this.abi = abi;
    }

    /** By the number where the log has it. A log in a file seldom says the ABI: a name that only another one has tells it from there on. */
    Optional<CallId> id(String called, Arch arch) {
        int unnamed = unnamed(called);
        if (number < 0 && unnamed >= 0) {
            return Optional.of(new CallId(abi.label(), abi == Abi.X32 ? unnamed & ~Abi.X32_BIT : unnamed));
        }
        return number >= 0 ? Optional.of(numbered(called, arch)) : named(called, arch);
    }

    /** The ABI is the one in which the number has this name. */
    private CallId numbered(String called, Arch arch) {
        boolean x32 = (number & Abi.X32_BIT) != 0;
        int plain = number & ~Abi.X32_BIT;
        Abi known = abis(arch)
                .filter(one -> (one == Abi.X32) == x32)
                .filter(one ->
                        SyscallTable.of(one).name(plain).filter(called::equals).isPresent())
                .findFirst()
                .orElse(x32 ? Abi.X32 : abi);
        return new CallId(known.label(), plain);
    }

    private Optional<CallId> named(String called, Arch arch) {
        Optional<Abi> known = abis(arch)
                .filter(one -> SyscallTable.of(one).number(called).isPresent())
                .findFirst();
        known.filter(one -> one != abi).ifPresent(one -> {
            inferred = true;
            abi = one;
        });
        return known.map(one ->
                new CallId(one.label(), SyscallTable.of(one).number(called).orElseThrow()));
    }

    private Stream<Abi> abis(Arch arch) {
        return Stream.concat(Stream.of(abi), Stream.of(Abi.values())).filter(one -> one.arch() == arch);
    }

    /** -1 for a name. */
    private static int unnamed(String called) {
        Matcher number = UNNAMED.matcher(called);
        return number.matches() ? Long.decode(number.group(1)).intValue() : -1;
    }
}
