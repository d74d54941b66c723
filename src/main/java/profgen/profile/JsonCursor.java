package profgen.profile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import profgen.BadInputException;

/** Walks JSON text once, without a tree, so that duplicate keys, places and 64-bit numbers survive. */
final class JsonCursor implements Closeable {
    /** A profile nests five deep; what unknown keys hold may go a little deeper. */
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(64)
            .maxNumberLength(100)
            .maxNameLength(1_000)
            .maxStringLength(1_000_000)
            .build();

    private final JsonParser parser;
    private final String source;
    private final Consumer<Oddity> oddities;
    private int badLine;

    JsonCursor(String text, String source, boolean comments, Consumer<Oddity> oddities) {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(LIMITS)
                .configure(JsonReadFeature.ALLOW_JAVA_COMMENTS, comments)
                .build();
        this.parser = get(() -> factory.createParser(text));
        this.source = source;
        this.oddities = oddities;
    }

    /** The whole text: one object and nothing after it. */
    <T> T document(Supplier<T> object) {
        if (next() == null) {
            throw new BadInputException(source + ": empty: expected a JSON object");
        }
        T result = object.get();
        if (next() != null) {
            throw notJson("more text after the end of the object");
        }
        return result;
    }

    /** Calls {@code member} with each known key, the cursor standing on its value; a null value counts as absent. */
    void object(List<String> known, Consumer<String> member) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw expected("an object");
        }
        Set<String> seen = new HashSet<>();
        while (next() != JsonToken.END_OBJECT) {
            String written = get(parser::currentName);
            Optional<String> key = key(known, written);
            if (!seen.add(key.orElse(written))) {
                report(Oddity.Kind.DUPLICATE_KEY, around(), written, "key " + quoted(written) + " twice");
            }
            if (next() == JsonToken.VALUE_NULL) {
                continue;
            }
            key.ifPresentOrElse(member, this::skip);
        }
    }

    private Optional<String> key(List<String> known, String written) {
        if (known.contains(written)) {
            return Optional.of(written);
        }
        Optional<String> key =
                known.stream().filter(k -> k.equalsIgnoreCase(written)).findFirst();
        key.ifPresentOrElse(
                right -> report(
                        Oddity.Kind.KEY_CASE,
                        around(),
                        written,
                        "key " + quoted(written) + ": expected \"" + right + '"'),
                () -> report(
                        Oddity.Kind.UNKNOWN_KEY,
                        around(),
                        written,
                        "unknown key " + quoted(written) + ": expected one of " + String.join(", ", known)));
        return key;
    }

    <T> List<T> list(Supplier<T> element) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw expected("an array");
        }
        List<T> list = new ArrayList<>();
        while (next() != JsonToken.END_ARRAY) {
            list.add(element.get());
        }
        return list;
    }

    String string() {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw expected("a string");
        }
        return get(parser::getText);
    }

    Optional<String> stringIfAny() {
        return parser.currentToken() == JsonToken.VALUE_STRING ? Optional.of(string()) : Optional.empty();
    }

    int integer(int max) {
        return (int) number(Integer.toString(max), "a whole number from 0 to " + max);
    }

    /** Unsigned, in a signed long's 64 bits. */
    long unsigned() {
        return number(
                "18446744073709551615",
                "a whole number from 0 to 18446744073709551615 (which is -1; -1 of an int is 4294967295)");
    }

    private long number(String max, String expectation) {
        String text = parser.currentToken() == JsonToken.VALUE_NUMBER_INT ? get(parser::getText) : "";
        boolean fits = !text.isEmpty()
                && text.charAt(0) != '-'
                && (text.length() < max.length() || (text.length() == max.length() && text.compareTo(max) <= 0));
        if (!fits) {
            throw expected(expectation);
        }
        return Long.parseUnsignedLong(text);
    }

    /** The value under the cursor is not what belongs there. */
    BadInputException expected(String expectation) {
        String found = switch (parser.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> quoted(get(parser::getText));
            default -> shortened(get(parser::getText));
        };
        return new BadInputException(source + ": " + prefix(path()) + found + ": expected " + expectation);
    }

    /** The object at {@code where} does not hang together. */
    BadInputException contradiction(String where, String problem) {
        return new BadInputException(source + ": " + prefix(where) + problem);
    }

    /** As {@code syscalls[4].includes.minKernel}; empty for the root. */
    String path() {
        return path(parser.getParsingContext());
    }

    /** Of the object whose key the cursor stands on. */
    private String around() {
        JsonStreamContext above = parser.getParsingContext().getParent();
        return above == null ? "" : path(above);
    }

    static String path(JsonStreamContext context) {
        JsonStreamContext parent = context.getParent();
        String above = parent == null ? "" : path(parent);
        if (context.inArray()) {
            return context.hasCurrentIndex() ? above + '[' + context.getCurrentIndex() + ']' : above;
        }
        String name = context.inObject() ? context.getCurrentName() : null;
        if (name == null) {
            return above;
        }
        String shown = name.chars().allMatch(c -> c > ' ' && c < 127) ? shortened(name) : quoted(name);
        return above.isEmpty() ? shown : above + '.' + shown;
    }

    private static String prefix(String path) {
        return path.isEmpty() ? "" : path + ": ";
    }

    void report(Oddity.Kind kind, String where, String key, String problem) {
        oddities.accept(new Oddity(kind, where, key, problem));
    }

    private JsonToken next() {
        return get(parser::nextToken);
    }

    private void skip() {
        get(parser::skipChildren);
    }

    private <T> T get(Reading<T> reading) {
        try {
            return reading.get();
        } catch (JsonProcessingException e) {
            throw notJson(e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BadInputException notJson(String problem) {
        badLine = Math.max(1, parser.currentLocation().getLineNr());
        String line = problem.lines().findFirst().orElse("");
        return new BadInputException(source + ": line " + badLine + ": not JSON: " + shortened(line));
    }

    /** The line at which the text stopped being JSON, or 0. */
    int badLine() {
        return badLine;
    }

    static String quoted(String text) {
        return '"' + shortened(text).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** One line of at most 120 characters, whatever the file holds. */
    private static String shortened(String text) {
        String head = text.length() > 120 ? text.substring(0, 117) + "..." : text;
        return head.replaceAll("\\p{Cntrl}", "?");
    }

    @Override
    public void close() {
        get(() -> {
            parser.close();
            return source;
        });
    }

    private interface Reading<T> {
        T get() throws IOException;
    }
}
