package profgen.recording;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import profgen.BadInputException;
import profgen.recording.Call.FirstSight;
import profgen.syscall.Abi;
import profgen.syscall.Errno;
import profgen.syscall.SyscallTable;
import profgen.syscall.WatchedArguments;

/**
 * Records of the kernel's audit, of a file of auditd's, of {@code ausearch} (also {@code -i}) or of the kernel's log -> a run: SECCOMP (1326), which a
 * filter's LOG and kills leave, and SYSCALL (1300), which rules of audit ask for.
 */
final class AuditImport {
    private static final Pattern RECORD = Pattern.compile(
            ".*?\\btype=(SECCOMP|SYSCALL|1326|1300)\\b.*?\\baudit\\(([^)]*?)(?::\\d+)?\\) ?: ?(.*)", Pattern.DOTALL);
    private static final Pattern FIELD = Pattern.compile("\\b([a-z0-9_-]+)=(\"[^\"]*\"|'[^']*'|\\S+)");
    private static final Pattern EPOCH = Pattern.compile("(\\d{1,10})\\.(\\d{3})");
    private static final int X86_64 = 0xC000003E;
    private static final int ARGUMENTS = 4;
    private static final long MILLISECOND = 1_000_000;

    private final ImportedRun run = new ImportedRun(false);
    private final List<String> command = new ArrayList<>();
    private long first = -1;

    void read(Stream<String> lines, String source) {
        int[] at = {0};
        lines.forEach(line -> {
            at[0]++;
            run.read(line);
            Matcher record = RECORD.matcher(line);
            if (record.matches() && !record(record.group(1), time(record.group(2)), fields(record.group(3)))) {
                run.notUnderstood(source + ":" + at[0]);
            }
        });
    }

    /** As ausearch -i writes it, it depends on the locale: then there is none. */
    private long time(String text) {
        Matcher epoch = EPOCH.matcher(text);
        if (!epoch.matches()) {
            return 0;
        }
        long ns = (Long.parseLong(epoch.group(1)) * 1000 + Long.parseLong(epoch.group(2))) * MILLISECOND;
        first = first < 0 ? ns : Math.min(first, ns);
        return Math.max(0, ns - first);
    }

    private static Map<String, String> fields(String text) {
        Map<String, String> fields = new HashMap<>();
        Matcher field = FIELD.matcher(text);
        while (field.find()) {
            fields.putIfAbsent(field.group(1), field.group(2));
        }
        return fields;
    }

    private boolean record(String type, long ns, Map<String, String> fields) {
        Optional<CallId> id = id(fields.getOrDefault("arch", ""), fields.getOrDefault("syscall", ""));
        if (id.isEmpty()) {
            return false;
        }
        boolean isCall = type.equals("SYSCALL") || type.equals("1300");
        String executable = text(fields.getOrDefault("exe", "(unknown)"));
        if (command.isEmpty()) {
            command.add(executable);
        }
        int pid = number(fields.getOrDefault("pid", "")).orElse(0);
        FirstSight sight = new FirstSight(ns, Math.max(0, pid), text(fields.getOrDefault("comm", "")));
        Integer errno = isCall ? errno(fields) : null;
        run.call(executable, id.get(), sight, errno, isCall ? values(id.get(), fields) : unknown(id.get()));
        return true;
    }

    private static @Nullable List<Long> unknown(CallId id) {
        return id.name().map(WatchedArguments::of).orElse(List.of()).isEmpty() ? List.of() : null;
    }

    private Optional<CallId> id(String abi, String call) {
        Optional<Abi> known = abi(abi);
        OptionalInt number = number(call);
        if (known.isEmpty() && abi.matches("[0-9a-f]{1,8}") && number.isPresent()) {
            String unknown = "unknown:0x" + Integer.toHexString(Integer.parseUnsignedInt(abi, 16));
            return Optional.of(new CallId(unknown, number.getAsInt()));
        }
        if (known.isEmpty() || call.isEmpty()) {
            return Optional.empty();
        }
        if (number.isPresent()) {
            int plain = number.getAsInt() & ~Abi.X32_BIT;
            boolean x32 = known.get() == Abi.X86_64 && plain != number.getAsInt();
            return Optional.of(new CallId((x32 ? Abi.X32 : known.get()).label(), x32 ? plain : number.getAsInt()));
        }
        OptionalInt named = SyscallTable.of(known.get()).number(call);
        return named.isPresent() ? Optional.of(new CallId(known.get().label(), named.getAsInt())) : Optional.empty();
    }

    /** {@code c000003e}, or its name as ausearch -i writes it. */
    private static Optional<Abi> abi(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.matches("[0-9a-f]{8}")) {
            int token = Integer.parseUnsignedInt(lower, 16);
            return token == X86_64
                    ? Optional.of(Abi.X86_64)
                    : Arrays.stream(Abi.values())
                            .filter(abi -> abi.auditArch() == token)
                            .findFirst();
        }
        return lower.equals("i686") ? Optional.of(Abi.I386) : Abi.byLabel(lower);
    }

    private static OptionalInt number(String text) {
        return text.matches("\\d{1,10}") && Long.parseLong(text) <= Integer.MAX_VALUE
                ? OptionalInt.of(Integer.parseInt(text))
                : OptionalInt.empty();
    }

    /** {@code exit=-13} or {@code exit=EACCES(Permission denied)}. */
    private static @Nullable Integer errno(Map<String, String> fields) {
        String exit = fields.getOrDefault("exit", "");
        if (exit.matches("-\\d{1,4}")) {
            int number = Integer.parseInt(exit.substring(1));
            return number < 4096 ? Integer.valueOf(number) : null;
        }
        OptionalInt named = Errno.number(exit.replaceFirst("\\(.*", ""));
        return named.isPresent() ? Integer.valueOf(named.getAsInt()) : Integer.valueOf(0);
    }

    /** The first four registers are there, in hexadecimal; what lies in memory is not. */
    private static @Nullable List<Long> values(CallId id, Map<String, String> fields) {
        String name = id.name().orElse("");
        List<Integer> watched = WatchedArguments.of(name);
        if (watched.isEmpty()) {
            return List.of();
        }
        if (name.equals("clone3") || name.equals("socketcall")) {
            return null;
        }
        List<Long> values = new ArrayList<>();
        for (int index : watched) {
            String text = index < ARGUMENTS ? fields.getOrDefault("a" + index, "") : "";
            String digits = text.replaceFirst("^0x", "");
            if (!digits.matches("[0-9a-f]{1,16}")) {
                return null;
            }
            values.add(Long.parseUnsignedLong(digits, 16));
        }
        return values;
    }

    /** In quotes, or in hexadecimal if it has what does not go into quotes; ausearch -i writes it plainly. */
    private static String text(String value) {
        if (value.startsWith("\"")) {
            return value.substring(1, Math.max(1, value.length() - 1));
        }
        boolean isHex = value.length() % 2 == 0 && value.matches("[0-9A-F]+");
        return isHex ? RawText.printable(RawText.decode(HexFormat.of().parseHex(value))) : value;
    }

    /** @param modified of the file, for records without a time; ns since the epoch */
    Run run(ImportedRun.Origin origin, long modified, String source) {
        if (run.isEmpty()) {
            throw new BadInputException(
                    source + ": no record of type SECCOMP (1326) or SYSCALL (1300)",
                    "ausearch --raw -m SECCOMP,SYSCALL prints those of auditd");
        }
        run.note(
                Ledger.IMPORTED,
                "records of the kernel's audit: what no rule or filter reported is missing, counts and most arguments are not told");
        run.note(
                Ledger.LOST_EVENTS,
                "audit drops records when there are many, and says nothing of calls that nobody asked for");
        return run.run(origin, first < 0 ? modified : first, command, new Run.Outcome(null, null, null, null, null));
    }
}
