package profgen.recording;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import profgen.BadInputException;

/** Walks through a JSON text of any size; only the leaves that {@link #value} takes are held in memory as a tree. */
final class JsonStream implements Closeable {
    /** Characters, far above what the longest recorded workload needs: a bound against hostile files. */
    static final long MAX_LENGTH = 256L << 20;

    private static final JsonFactory FACTORY = factory();

    private final String source;
    private final BoundedParser parser;
    private final Map<String, String> texts = new HashMap<>();

    JsonStream(Reader reader, String source) throws IOException {
        this.source = source;
        this.parser = new BoundedParser(FACTORY.createParser(reader));
    }

    /** One document that is all of a text. */
    static JsonValue parse(byte[] utf8, String source) {
        try (JsonStream stream = new JsonStream(
                new InputStreamReader(new ByteArrayInputStream(utf8), StandardCharsets.UTF_8.newDecoder()), source)) {
            return stream.parseAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonValue parseAll() {
        try {
            start();
            JsonValue value = value("");
            end();
            return value;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static JsonFactory factory() {
        StreamReadConstraints limits = StreamReadConstraints.builder()
                .maxNestingDepth(20)
                .maxNameLength(1000)
                .maxNumberLength(40)
                .maxStringLength(4 << 20)
                .maxDocumentLength(MAX_LENGTH)
                .build();
        return new JsonFactoryBuilder()
                .streamReadConstraints(limits)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
    }

    /** Reads a key's value, or an element. */
    interface Part {
        void read(String name, String path) throws IOException;
    }

    JsonStream start() throws IOException {
        if (parser.nextToken() == null) {
            throw new BadInputException(source + ": is empty");
        }
        return this;
    }

    void object(String path, Part field) throws IOException {
        expect(JsonToken.START_OBJECT, path, "an object");
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = Objects.requireNonNull(parser.currentName());
            parser.nextToken();
            field.read(key, JsonValue.childPath(path, key));
        }
    }

    void array(String path, Part element) throws IOException {
        expect(JsonToken.START_ARRAY, path, "a list");
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            element.read(Integer.toString(i), path + "[" + i + "]");
        }
    }

    /** The value that comes next, whole. */
    JsonValue value(String path) throws IOException {
        parser.startValue();
        return new JsonValue(source, path, JsonTree.read(parser));
    }

    /** The same instance for equal texts. */
    String shared(String text) {
        return texts.computeIfAbsent(text, same -> same);
    }

    /** For complaints about a place. */
    JsonValue here(String path) {
        return new JsonValue(source, path, MissingNode.getInstance());
    }

    void end() throws IOException {
        if (parser.nextToken() != null) {
            throw new BadInputException(source + ": " + place() + ": more text after the end of the document");
        }
    }

    private void expect(JsonToken token, String path, String what) throws IOException {
        if (parser.currentToken() != token) {
            throw here(path).problem("expected " + what + ", found " + JsonValue.shortened(parser.getText()));
        }
    }

    private String place() {
        return "line " + parser.currentLocation().getLineNr() + ", column "
                + parser.currentLocation().getColumnNr();
    }

    BadInputException unreadable(IOException e) {
        return new BadInputException(source + ": " + words(e));
    }

    private String words(IOException e) {
        if (e instanceof StreamConstraintsException limit) {
            return "larger or deeper than profgen reads: " + JsonValue.shortened(limit.getOriginalMessage());
        }
        if (e instanceof JsonEOFException) {
            return place() + ": the text ends too early: it was cut off";
        }
        if (e instanceof JsonProcessingException syntax) {
            return place() + ": not JSON: " + firstLine(syntax.getOriginalMessage());
        }
        if (e instanceof CharacterCodingException) {
            return "not UTF-8 text";
        }
        return "cannot be read: " + firstLine(Objects.toString(e.getMessage(), e.toString()));
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().map(JsonValue::shortened).orElse("");
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
