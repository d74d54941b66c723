package profgen.image;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import profgen.BadInputException;

/** A value of one of an image's JSON files and where it stands. Keys that profgen does not know are allowed there, values of another type are not. */
record Json(String source, String path, JsonNode node) {
    private static final JsonMapper MAPPER = JsonMapper.builder(new JsonFactoryBuilder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(32)
                            .maxNumberLength(40)
                            .maxNameLength(10_000)
                            .maxStringLength(1 << 20)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** @param source the archive and the file in it */
    static Json parse(byte[] utf8, String source) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
            return new Json(source, "", MAPPER.readTree(text));
        } catch (CharacterCodingException e) {
            throw new BadInputException(source + ": not UTF-8 text");
        } catch (JsonProcessingException e) {
            String line = e.getOriginalMessage().lines().findFirst().orElse("");
            throw new BadInputException(source + ": not JSON: " + line);
        }
    }

    BadInputException problem(String problem) {
        return new BadInputException(source + ": " + (path.isEmpty() ? "" : path + ": ") + problem);
    }

    private BadInputException expected(String what) {
        String found = node.isArray() ? "a list" : node.isObject() ? "an object" : node.toString();
        return problem("expected " + what + ", found " + (found.length() > 60 ? found.substring(0, 60) : found));
    }

    /** Absent and null are the same, as for Go programs. */
    Optional<Json> find(String key) {
        if (!node.isObject()) {
            throw expected("an object");
        }
        return Optional.ofNullable(node.get(key))
                .filter(child -> !child.isNull())
                .map(child -> new Json(source, child(key), child));
    }

    Json get(String key) {
        return find(key).orElseThrow(() -> problem("\"" + key + "\" is missing"));
    }

    private String child(String key) {
        if (!key.matches("[A-Za-z0-9_]{1,60}")) {
            return path + "[" + Raw.quoted(key) + "]";
        }
        return path.isEmpty() ? key : path + "." + key;
    }

    Map<String, Json> fields() {
        if (!node.isObject()) {
            throw expected("an object");
        }
        Map<String, Json> fields = new LinkedHashMap<>();
        node.properties()
                .forEach(
                        field -> fields.put(field.getKey(), new Json(source, child(field.getKey()), field.getValue())));
        return fields;
    }

    List<Json> list() {
        if (!node.isArray()) {
            throw expected("a list");
        }
        List<Json> list = new ArrayList<>();
        for (JsonNode element : node) {
            list.add(new Json(source, path + "[" + list.size() + "]", element));
        }
        return list;
    }

    List<String> texts() {
        return list().stream().map(Json::text).toList();
    }

    String text() {
        if (!node.isTextual()) {
            throw expected("a text in quotes");
        }
        return node.textValue();
    }

    long count() {
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
            throw expected("a whole number from 0");
        }
        return node.longValue();
    }
}
