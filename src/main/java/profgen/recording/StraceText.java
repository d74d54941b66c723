package profgen.recording;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import profgen.syscall.Errno;
import profgen.syscall.Symbols;
import profgen.syscall.WatchedArguments;

/** What strace writes of a call: its arguments and its result. */
final class StraceText {
    private static final Pattern ERROR = Pattern.compile("(?:-1|\\?) (E[A-Z0-9_]+)\\b.*", Pattern.DOTALL);
    private static final Pattern ERROR_NUMBER = Pattern.compile("-1 \\(errno (\\d{1,4})\\).*", Pattern.DOTALL);
    private static final Pattern PROCESS = Pattern.compile(
            "(0x[0-9a-f]{1,8}|\\d{1,9})\\b(?:.*/\\* (\\d{1,9}) in strace's PID NS \\*/)?.*", Pattern.DOTALL);
    private static final Pattern FLAGS = Pattern.compile("\\bflags=([A-Z0-9a-z_|]+)");
    private static final String CHILD_SIGNAL = "SIGCHLD";
    private static final int CHILD_SIGNAL_NUMBER = 17;
    private static final int CLONE_THREAD = 0x10000;
    private static final int CLONE_UNTRACED = 0x800000;

    private StraceText() {}

    /** 0 for success; empty where no result is told. */
    static Optional<Integer> errno(String result) {
        Matcher named = ERROR.matcher(result);
        if (named.matches()) {
            OptionalInt number = Errno.number(named.group(1));
            return number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
        }
        Matcher numbered = ERROR_NUMBER.matcher(result);
        if (numbered.matches()) {
            return Optional.of(Integer.parseInt(numbered.group(1)));
        }
        return result.startsWith("?") ? Optional.empty() : Optional.of(0);
    }

    static boolean isFork(String call) {
        return List.of("clone", "clone3", "fork", "vfork").contains(call);
    }

    /** Whether what such a call makes is a thread of the caller's process. */
    static boolean isThread(String call, String arguments) {
        return hasFlag(call, arguments, CLONE_THREAD);
    }

    /** Whether strace does not see what such a call makes. */
    static boolean isUntraced(String call, String arguments) {
        return hasFlag(call, arguments, CLONE_UNTRACED);
    }

    private static boolean hasFlag(String call, String arguments, int flag) {
        return isFork(call)
                && values(call, arguments).stream().flatMap(List::stream).anyMatch(flags -> (flags & flag) != 0);
    }

    /** The child that a fork has made, as strace numbers it. */
    static OptionalInt child(String result) {
        Matcher number = PROCESS.matcher(result);
        if (!number.matches()) {
            return OptionalInt.empty();
        }
        String outer = number.group(2);
        return OptionalInt.of(outer == null ? Long.decode(number.group(1)).intValue() : Integer.parseInt(outer));
    }

    /** Of the watched arguments of a call, as a recording keeps them; empty if one cannot be told. */
    static Optional<List<Long>> values(String call, String arguments) {
        List<Integer> watched = WatchedArguments.of(call);
        if (watched.isEmpty()) {
            return Optional.of(List.of());
        }
        if (call.equals("clone") || call.equals("clone3")) {
            return flags(call, arguments);
        }
        List<String> texts = split(arguments);
        List<Long> values = new ArrayList<>();
        for (int index : watched) {
            OptionalLong value = index < texts.size() ? value(call, index, texts.get(index)) : OptionalLong.empty();
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.add(value.getAsLong());
        }
        return Optional.of(values);
    }

    private static Optional<List<Long>> flags(String call, String arguments) {
        Matcher flags = FLAGS.matcher(arguments.replaceAll(" ?/\\*.*?\\*/", ""));
        List<String> texts = split(arguments);
        String text = flags.find() ? flags.group(1) : call.equals("clone") && !texts.isEmpty() ? texts.get(0) : "";
        OptionalLong value = value(call, 0, text);
        return value.isPresent() ? Optional.of(List.of(value.getAsLong())) : Optional.empty();
    }

    /** A number, names, or both; a number with its names in a comment. */
    private static OptionalLong value(String call, int index, String text) {
        String plain = text.replaceAll("/\\*.*?\\*/", "")
                .replaceFirst("(?<=\\d)<[^<].*", "")
                .replace(" ", "");
        long signal = 0;
        List<String> parts = new ArrayList<>();
        for (String part : plain.split("\\|", -1)) {
            boolean ends = call.equals("clone") && part.equals(CHILD_SIGNAL);
            signal |= ends ? CHILD_SIGNAL_NUMBER : 0;
            Stream.of(part).filter(one -> !ends).map(StraceText::octal).forEach(parts::add);
        }
        OptionalLong value = Symbols.parse(call, index, parts.isEmpty() ? "0" : String.join("|", parts));
        return value.isPresent() ? OptionalLong.of(value.getAsLong() | signal) : value;
    }

    private static String octal(String text) {
        return text.matches("0[0-7]{1,20}") ? Long.toString(Long.parseLong(text, 8)) : text;
    }

    /** At the commas outside of strings, structures, lists and the names behind descriptors. */
    static List<String> split(String arguments) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        int depth = 0;
        for (int i = 0; i < arguments.length(); i++) {
            char letter = arguments.charAt(i);
            if (letter == '"') {
                i = endOfString(arguments, i);
            } else if (letter == '<' && i > 0 && Character.isDigit(arguments.charAt(i - 1))) {
                int end = arguments.indexOf('>', i);
                i = end < 0 || arguments.startsWith("<<", i) ? i + 1 : end;
            } else if ("([{".indexOf(letter) >= 0) {
                depth++;
            } else if (")]}".indexOf(letter) >= 0) {
                depth--;
            } else if (letter == ',' && depth == 0) {
                parts.add(arguments.substring(from, i).strip());
                from = i + 1;
            }
        }
        parts.add(arguments.substring(from).strip());
        return parts;
    }

    private static int endOfString(String text, int start) {
        for (int i = start + 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '"') {
                return i;
            }
        }
        return text.length();
    }

    /** All strings of a list, or of one argument; those that strace cut short end in dots, which stay away. */
    static List<String> strings(String argument) {
        List<String> found = new ArrayList<>();
        for (int i = argument.indexOf('"'); i >= 0; i = argument.indexOf('"', i + 1)) {
            int end = endOfString(argument, i);
            found.add(plain(argument.substring(i + 1, Math.min(end, argument.length()))));
            i = Math.min(end, argument.length() - 1);
        }
        return found;
    }

    private static String plain(String quoted) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Matcher letter = Pattern.compile("\\\\(x[0-9a-f]{2}|[0-7]{1,3}|.)|[^\\\\]", Pattern.DOTALL)
                .matcher(quoted);
        while (letter.find()) {
            String escape = letter.group(1);
            if (escape == null) {
                bytes.writeBytes(letter.group().getBytes(StandardCharsets.UTF_8));
            } else if (escape.startsWith("x") && escape.length() > 1) {
                bytes.write(Integer.parseInt(escape.substring(1), 16));
            } else if (Character.isDigit(escape.charAt(0))) {
                bytes.write(Integer.parseInt(escape, 8));
            } else {
                int known = "ntrvfb".indexOf(escape);
                bytes.write(known >= 0 ? "\n\t\r\u000b\f\b".charAt(known) : escape.charAt(0));
            }
        }
        return RawText.printable(RawText.decode(bytes.toByteArray()));
    }
}
