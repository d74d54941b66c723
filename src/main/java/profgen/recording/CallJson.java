package profgen.recording;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import profgen.recording.Call.Arguments;
import profgen.recording.Call.FirstSight;
import profgen.syscall.Errno;

/** A call as JSON, both ways. */
final class CallJson {
    private static final Set<String> KEYS =
            Set.of("executable", "abi", "number", "name", "count", "errnos", "first", "arguments", "phases", "extent");

    private CallJson() {}

    static ObjectNode write(Call call) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("executable", call.executable());
        node.put("abi", call.id().abi());
        node.put("number", call.id().number());
        call.id().name().ifPresent(name -> node.put("name", name));
        if (call.count() != null) {
            node.put("count", call.count());
        }
        if (call.errnos() != null) {
            ObjectNode errnos = node.putObject("errnos");
            call.errnos().forEach((errno, count) -> errnos.put(Errno.name(errno), count));
        }
        FirstSight first = call.first();
        node.putObject("first").put("ns", first.ns()).put("pid", first.pid()).put("argv0", first.argv0());
        if (call.arguments() != null) {
            node.set("arguments", writeArguments(call.arguments()));
        }
        if (!call.phases().isEmpty()) {
            ArrayNode phases = node.putArray("phases");
            call.phases().forEach(phase -> phases.add(phase.label()));
        }
        if (call.extent() != Extent.EXACT) {
            node.put("extent", call.extent().label());
        }
        return node;
    }

    private static ObjectNode writeArguments(Arguments arguments) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode indexes = node.putArray("indexes");
        arguments.indexes().forEach(indexes::add);
        ArrayNode values = node.putArray("values");
        for (var tuple : arguments.tuples()) {
            ArrayNode one = values.addArray();
            tuple.forEach(value -> addUnsigned(one, value));
        }
        return node.put("many", arguments.many());
    }

    private static void addUnsigned(ArrayNode array, long value) {
        if (value >= 0) {
            array.add(value);
        } else {
            array.add(new BigInteger(Long.toUnsignedString(value)));
        }
    }

    /** @param shared gives one instance for equal texts: a recording has the same few names many times */
    static Call read(JsonValue value, UnaryOperator<String> shared) {
        value.allowing(KEYS);
        try {
            return new Call(
                    shared.apply(value.get("executable").text()),
                    readId(value, shared),
                    value.find("count").map(JsonValue::count).orElse(null),
                    value.find("errnos").map(CallJson::readErrnos).orElse(null),
                    readFirst(value.get("first"), shared),
                    value.find("arguments").map(CallJson::readArguments).orElse(null),
                    readPhases(value),
                    value.find("extent").map(Extent::parse).orElse(Extent.EXACT));
        } catch (IllegalArgumentException e) {
            throw value.problem(String.valueOf(e.getMessage()));
        }
    }

    /** The name is for people: the number counts, but both must not contradict each other. */
    private static CallId readId(JsonValue value, UnaryOperator<String> shared) {
        CallId id = new CallId(
                shared.apply(value.get("abi").text()),
                value.get("number").integer(Integer.MIN_VALUE, Integer.MAX_VALUE));
        Optional<String> known = id.name();
        value.find("name").ifPresent(name -> {
            if (known.isPresent() && !known.get().equals(name.text())) {
                throw name.expected("\"" + known.get() + "\", the name of number " + id.number() + " in " + id.abi());
            }
        });
        return id;
    }

    private static SortedMap<Integer, Long> readErrnos(JsonValue value) {
        SortedMap<Integer, Long> errnos = new TreeMap<>();
        for (Map.Entry<String, JsonValue> entry : value.fields().entrySet()) {
            OptionalInt errno = Errno.number(entry.getKey());
            if (errno.isEmpty() || errno.getAsInt() == 0) {
                throw entry.getValue().problem("no name of an error, as EPERM or \"errno 4711\"");
            }
            if (errnos.put(errno.getAsInt(), entry.getValue().count()) != null) {
                throw entry.getValue().problem("the same error twice");
            }
        }
        return errnos;
    }

    private static FirstSight readFirst(JsonValue value, UnaryOperator<String> shared) {
        value.allowing(Set.of("ns", "pid", "argv0"));
        return new FirstSight(
                value.get("ns").count(),
                value.get("pid").integer(0, Integer.MAX_VALUE),
                shared.apply(value.get("argv0").text()));
    }

    private static SortedSet<Phase> readPhases(JsonValue value) {
        return value.find("phases")
                .map(list -> new TreeSet<>(list.list(Phase::parse)))
                .orElseGet(TreeSet::new);
    }

    private static Arguments readArguments(JsonValue value) {
        value.allowing(Set.of("indexes", "values", "many"));
        try {
            return new Arguments(
                    value.get("indexes").list(index -> index.integer(0, 5)),
                    value.get("values").list(tuple -> tuple.list(JsonValue::unsigned)),
                    value.get("many").flag());
        } catch (IllegalArgumentException e) {
            throw value.problem(String.valueOf(e.getMessage()));
        }
    }
}
