package profgen.proof;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import profgen.recording.CallId;
import profgen.syscall.Abi;
import profgen.syscall.Arch;
import profgen.syscall.SyscallTable;

/** What {@code strace -f --syscall-number -o FILE} wrote: another recorder's view of a program. */
final class StraceLog {
    /** A call's line, whole or unfinished; {@code <... name resumed>} is the second half of one. */
    private static final Pattern CALL =
            Pattern.compile("(?:\\d+ +)?\\[ *(?<number>0x[0-9a-f]+|\\d+)\\] (?<name>\\w+)\\(.*");

    private static final Set<String> MULTIPLEXERS = Set.of("socketcall", "ipc");

    private StraceLog() {}

    /** The distinct calls. */
    static Set<CallId> calls(Stream<String> lines, Arch arch) {
        Set<CallId> calls = new TreeSet<>();
        lines.map(CALL::matcher)
                .filter(Matcher::matches)
                .forEach(call -> calls.add(call(number(call.group("number")), call.group("name"), arch)));
        return calls;
    }

    private static int number(String text) {
        return Long.decode(text).intValue();
    }

    /**
     * strace writes no ABI, but the name that it gives a number tells it: 20 is writev for x86_64 and getpid for i386. Numbers that mean the same in several
     * (424 and up) are taken as native; a number without a name too. i386's socketcall and ipc appear by the name of what they are asked for.
     */
    private static CallId call(int number, String name, Arch arch) {
        int plain = number & ~Abi.X32_BIT;
        List<Abi> abis = Arrays.stream(Abi.values())
                .filter(abi -> abi.arch() == arch && (abi == Abi.X32) == (number != plain))
                .toList();
        return abis.stream()
                .filter(abi ->
                        SyscallTable.of(abi).name(plain).filter(name::equals).isPresent())
                .findFirst()
                .or(() -> abis.stream().filter(abi -> isMultiplexer(abi, plain)).findFirst())
                .or(() -> abis.stream().findFirst())
                .map(abi -> new CallId(abi.label(), plain))
                .orElseThrow();
    }

    private static boolean isMultiplexer(Abi abi, int number) {
        return SyscallTable.of(abi).name(number).filter(MULTIPLEXERS::contains).isPresent();
    }
}
