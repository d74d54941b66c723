package profgen.recording;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import profgen.recording.Call.FirstSight;

/**
 * One line of a journal. Keys that it does not know are no errors: a journal of this version may say more.
 *
 * @param type the {@code t} of the line
 */
record JournalLine(String type, JsonValue value) {
    private static final BigInteger LEAST_NUMBER = BigInteger.ONE.shiftLeft(63).negate();
    private static final BigInteger MOST_NUMBER = BigInteger.ONE.shiftLeft(64);

    /** Complains as of bad input if it is no line of a journal. */
    static JournalLine parse(byte[] line, String source) {
        JsonValue value = JsonStream.parse(line, source);
        return new JournalLine(value.get("t").text(), value);
    }

    String text(String key) {
        return value.get(key).text();
    }

    /** False if it is not there. */
    boolean flag(String key) {
        return value.find(key).map(JsonValue::flag).orElse(false);
    }

    long count(String key) {
        return value.get(key).count();
    }

    int number(String key) {
        return value.get(key).integer(0, Integer.MAX_VALUE);
    }

    /** A mask as /proc prints it: hexadecimal, without 0x. */
    long mask(String key) {
        JsonValue mask = value.get(key);
        if (!mask.text().matches("[0-9a-fA-F]{1,16}")) {
            throw mask.expected("a mask of up to 16 hexadecimal digits");
        }
        return Long.parseUnsignedLong(mask.text(), 16);
    }

    FirstSight sight() {
        return new FirstSight(count("ns"), number("pid"), text("argv0"));
    }

    /** The kernel looks at the lower 32 bits of the number's register only. */
    CallId callId() {
        int number = value.get("nr").whole(LEAST_NUMBER, MOST_NUMBER).intValue();
        return new CallId(text("abi"), number);
    }

    Phase phase() {
        return Phase.parse(value.get("phase"));
    }

    List<Long> tuple() {
        return value.get("v").list(JsonValue::unsigned);
    }

    /** Null: results were not seen. */
    @Nullable
    SortedMap<Integer, Long> errnos() {
        Optional<JsonValue> found = value.find("errnos");
        if (found.isEmpty()) {
            return null;
        }
        SortedMap<Integer, Long> errnos = new TreeMap<>();
        for (Map.Entry<String, JsonValue> entry : found.get().fields().entrySet()) {
            if (!entry.getKey().matches("[1-9][0-9]{0,5}")) {
                throw entry.getValue().problem("expected the number of an error as the key");
            }
            errnos.put(Integer.valueOf(entry.getKey()), entry.getValue().count());
        }
        return errnos;
    }
}
