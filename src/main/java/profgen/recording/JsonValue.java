package profgen.recording;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import profgen.BadInputException;

/** A JSON value and where it stands, so that every complaint names the file, the JSON path and what was expected. */
record JsonValue(String source, String path, JsonNode node) {
    private static final int SHOWN = 60;
    private static final BigInteger UNSIGNED_END = BigInteger.ONE.shiftLeft(64);
    private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z0-9_]{1,60}");

    static String childPath(String path, String key) {
        if (!PLAIN_KEY.matcher(key).matches()) {
            return path + "[" + quoted(key) + "]";
        }
        return path.isEmpty() ? key : path + "." + key;
    }

    /** For a message: in quotes, one line, not longer than a line may be. */
    static String quoted(String text) {
        return '"' + shortened(text) + '"';
    }

    static String shortened(String text) {
        String cut = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
        return cut.codePoints()
                .map(point ->
                        Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE ? '?' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    BadInputException problem(String problem) {
        return new BadInputException(source + ": " + (path.isEmpty() ? "" : path + ": ") + problem);
    }

    BadInputException expected(String what) {
        String found = node.isContainerNode() ? (node.isArray() ? "a list" : "an object") : shortened(node.toString());
        return problem("expected " + what + ", found " + found);
    }

    /** Says which key is not one of these; a typing error would otherwise be lost without a word. */
    JsonValue allowing(Set<String> keys) {
        for (String key : fields().keySet()) {
            if (!keys.contains(key)) {
                throw problem("unknown key " + quoted(key));
            }
        }
        return this;
    }

    Map<String, JsonValue> fields() {
        if (!node.isObject()) {
            throw expected("an object");
        }
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        node.properties()
                .forEach(entry -> fields.put(
                        entry.getKey(), new JsonValue(source, childPath(path, entry.getKey()), entry.getValue())));
        return fields;
    }

    Optional<JsonValue> find(String key) {
        if (!node.isObject()) {
            throw expected("an object");
        }
        return Optional.ofNullable(node.get(key)).map(child -> new JsonValue(source, childPath(path, key), child));
    }

    JsonValue get(String key) {
        return find(key).orElseThrow(() -> problem("\"" + key + "\" is missing"));
    }

    <T> List<T> list(Function<JsonValue, T> reading) {
        if (!node.isArray()) {
            throw expected("a list");
        }
        List<T> list = new ArrayList<>();
        for (JsonNode element : node) {
            list.add(reading.apply(new JsonValue(source, path + "[" + list.size() + "]", element)));
        }
        return list;
    }

    /** Halves of surrogate pairs are refused: no UTF-8 file could hold them again. */
    String text() {
        if (!node.isTextual()) {
            throw expected("a text in quotes");
        }
        String text = node.textValue();
        if (text.codePoints().anyMatch(point -> Character.getType(point) == Character.SURROGATE)) {
            throw problem("half a surrogate pair in the text");
        }
        return text;
    }

    boolean flag() {
        if (!node.isBoolean()) {
            throw expected("true or false");
        }
        return node.booleanValue();
    }

    /** 0 to 2^64-1, as the bits of a long. */
    long unsigned() {
        return whole(BigInteger.ZERO, UNSIGNED_END.subtract(BigInteger.ONE)).longValue();
    }

    /** 0 to 2^63-1. */
    long count() {
        return whole(BigInteger.ZERO, BigInteger.valueOf(Long.MAX_VALUE)).longValue();
    }

    /** 0 to 2^32-1, as the bits of an int. */
    int unsignedInt() {
        return whole(BigInteger.ZERO, BigInteger.valueOf(0xFFFF_FFFFL)).intValue();
    }

    int integer(int least, int most) {
        return whole(BigInteger.valueOf(least), BigInteger.valueOf(most)).intValue();
    }

    BigInteger whole(BigInteger least, BigInteger most) {
        if (!node.isIntegralNumber()
                || node.bigIntegerValue().compareTo(least) < 0
                || node.bigIntegerValue().compareTo(most) > 0) {
            throw expected("a whole number from " + least + " to " + most);
        }
        return node.bigIntegerValue();
    }
}
