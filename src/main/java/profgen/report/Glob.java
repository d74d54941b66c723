package profgen.report;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A name with {@code *} (any characters, {@code /} too) and {@code ?} (one character). */
record Glob(String text, Pattern pattern) {
    static Glob of(String text) {
        String regex = text.codePoints()
                .mapToObj(Character::toString)
                .map(one -> switch (one) {
                    case "*" -> ".*";
                    case "?" -> ".";
                    default -> Pattern.quote(one);
                })
                .collect(Collectors.joining());
        return new Glob(text, Pattern.compile(regex, Pattern.DOTALL));
    }

    boolean isPlain() {
        return text.indexOf('*') < 0 && text.indexOf('?') < 0;
    }

    boolean matches(String name) {
        return pattern.matcher(name).matches();
    }

    /** A pattern without a slash is also one for the last part of a path: {@code bash} finds {@code /usr/bin/bash}. */
    boolean matchesPath(String path) {
        return matches(path) || (text.indexOf('/') < 0 && matches(path.substring(path.lastIndexOf('/') + 1)));
    }
}
