package profgen.profile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** On which line of its text something in a profile stands. */
public final class ProfileLines {
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonReadFeature.ALLOW_JAVA_COMMENTS).build();

    private ProfileLines() {}

    /**
     * From 1, of each path that is there: {@code syscalls[4].names[2]}; of a key twice, of the last.
     *
     * @param text that was read as a profile
     */
    public static Map<String, Integer> of(String text, Collection<String> paths) {
        Set<String> wanted = new HashSet<>(paths);
        Map<String, Integer> lines = new HashMap<>();
        try (JsonParser parser = JSON.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (begins(parser, token)) {
                    String path = path(parser, token);
                    if (wanted.contains(path)) {
                        lines.put(path, parser.currentTokenLocation().getLineNr());
                    }
                }
            }
        } catch (IOException e) {
            /* What is no JSON is no profile; what was found until there is right. */
            return lines;
        }
        return lines;
    }

    /** A key, or an element of an array. */
    private static boolean begins(JsonParser parser, JsonToken token) {
        if (token == JsonToken.FIELD_NAME) {
            return true;
        }
        boolean container = token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY;
        var around = container ? parser.getParsingContext().getParent() : parser.getParsingContext();
        return !token.isStructEnd() && around.inArray();
    }

    private static String path(JsonParser parser, JsonToken token) {
        boolean container = token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY;
        return JsonCursor.path(container ? parser.getParsingContext().getParent() : parser.getParsingContext());
    }
}
