package profgen.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import profgen.profile.ArgumentTest;
import profgen.profile.ArgumentTest.Operator;
import profgen.syscall.Abi;
import profgen.syscall.SyscallTable;

/**
 * i386 reaches sockets and System V IPC also through {@code socketcall} and {@code ipc}, whose argument 0 says which call is meant.
 * libseccomp opens both ways: the test of argument 0 is replaced there, and the other tests then compare other things than they name.
 */
public final class Multiplexed {
    private static final Map<String, Integer> SOCKETCALL = Map.ofEntries(
            Map.entry("socket", 1),
            Map.entry("bind", 2),
            Map.entry("connect", 3),
            Map.entry("listen", 4),
            Map.entry("accept", 5),
            Map.entry("getsockname", 6),
            Map.entry("getpeername", 7),
            Map.entry("socketpair", 8),
            Map.entry("send", 9),
            Map.entry("recv", 10),
            Map.entry("sendto", 11),
            Map.entry("recvfrom", 12),
            Map.entry("shutdown", 13),
            Map.entry("setsockopt", 14),
            Map.entry("getsockopt", 15),
            Map.entry("sendmsg", 16),
            Map.entry("recvmsg", 17),
            Map.entry("accept4", 18),
            Map.entry("recvmmsg", 19),
            Map.entry("sendmmsg", 20));
    private static final Map<String, Integer> IPC = Map.ofEntries(
            Map.entry("semop", 1),
            Map.entry("semget", 2),
            Map.entry("semctl", 3),
            Map.entry("semtimedop", 4),
            Map.entry("msgsnd", 11),
            Map.entry("msgrcv", 12),
            Map.entry("msgget", 13),
            Map.entry("msgctl", 14),
            Map.entry("shmat", 21),
            Map.entry("shmdt", 22),
            Map.entry("shmget", 23),
            Map.entry("shmctl", 24));

    private Multiplexed() {}

    /** The other call that {@code name} also opens in {@code abi}, if there is one. */
    static OptionalInt carrier(Abi abi, String name) {
        if (abi != Abi.I386) {
            return OptionalInt.empty();
        }
        if (SOCKETCALL.containsKey(name)) {
            return SyscallTable.of(abi).number("socketcall");
        }
        return IPC.containsKey(name) ? SyscallTable.of(abi).number("ipc") : OptionalInt.empty();
    }

    /** The call of i386 that also carries {@code name}, if there is one. */
    public static Optional<String> carrier(String name) {
        OptionalInt number = carrier(Abi.I386, name);
        return number.isEmpty() ? Optional.empty() : SyscallTable.of(Abi.I386).name(number.getAsInt());
    }

    /** A rule's tests as they are asked of the carrying call. */
    static List<ArgumentTest> tests(String name, List<ArgumentTest> tests) {
        int call = SOCKETCALL.containsKey(name) ? SOCKETCALL.get(name) : IPC.getOrDefault(name, 0);
        List<ArgumentTest> carried = new ArrayList<>();
        carried.add(new ArgumentTest(0, Operator.EQ, call, 0));
        tests.stream().filter(test -> test.index() != 0).forEach(carried::add);
        return carried;
    }
}
