package profgen.recording;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;

/** Bounds what one value may hold: a tree takes up to forty times the memory of its text. */
final class BoundedParser extends JsonParserDelegate {
    private static final int MAX_TOKENS = 1_000_000;

    private int tokens;

    BoundedParser(JsonParser parser) {
        super(parser);
    }

    void startValue() {
        tokens = 0;
    }

    @Override
    public JsonToken nextToken() throws IOException {
        if (++tokens > MAX_TOKENS) {
            throw new StreamConstraintsException("more than " + MAX_TOKENS + " parts in one value");
        }
        return super.nextToken();
    }
}
