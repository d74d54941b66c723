package profgen.profile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes moby's structure with moby's names, order of keys and tabs; what is absent or empty is not written, but {@code syscalls} always. */
public final class ProfileWriter {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonGenerator json;

    private ProfileWriter(JsonGenerator json) {
        this.json = json;
    }

    /** With a newline at the end; the same profile gives the same bytes. */
    public static String write(Profile profile) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.setPrettyPrinter(tabs());
            new ProfileWriter(json).profile(profile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.append('\n').toString();
    }

    private static DefaultPrettyPrinter tabs() {
        DefaultIndenter indenter = new DefaultIndenter("\t", "\n");
        Separators separators = Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withArrayEmptySeparator("")
                .withObjectEmptySeparator("");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(separators);
        printer.indentObjectsWith(indenter);
        printer.indentArraysWith(indenter);
        return printer;
    }

    private void profile(Profile profile) throws IOException {
        json.writeStartObject();
        action("defaultAction", profile.defaultAction());
        number("defaultErrnoRet", profile.defaultErrnoRet());
        string("defaultErrno", profile.defaultErrno().isEmpty() ? null : profile.defaultErrno());
        if (!profile.archMap().isEmpty()) {
            json.writeArrayFieldStart("archMap");
            for (Profile.ArchMapEntry entry : profile.archMap()) {
                json.writeStartObject();
                json.writeStringField("architecture", entry.architecture());
                strings("subArchitectures", entry.subArchitectures());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        nonEmpty("architectures", profile.architectures());
        if (profile.flags() != null) {
            strings("flags", profile.flags());
        }
        string("listenerPath", profile.listenerPath());
        string("listenerMetadata", profile.listenerMetadata());
        json.writeArrayFieldStart("syscalls");
        for (Rule rule : profile.syscalls()) {
            rule(rule);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void rule(Rule rule) throws IOException {
        json.writeStartObject();
        strings("names", rule.names());
        action("action", rule.action());
        number("errnoRet", rule.errnoRet());
        string("errno", rule.errno().isEmpty() ? null : rule.errno());
        if (!rule.args().isEmpty()) {
            json.writeArrayFieldStart("args");
            for (ArgumentTest test : rule.args()) {
                argument(test);
            }
            json.writeEndArray();
        }
        if (!rule.comment().isEmpty()) {
            json.writeStringField("comment", rule.comment());
        }
        condition("includes", rule.includes());
        condition("excludes", rule.excludes());
        json.writeEndObject();
    }

    /** valueTwo stands with MASKED_EQ even if it is 0: it is the datum there. */
    private void argument(ArgumentTest test) throws IOException {
        json.writeStartObject();
        json.writeNumberField("index", test.index());
        json.writeNumberField("value", unsigned(test.value()));
        if (test.valueTwo() != 0 || test.operator() == ArgumentTest.Operator.MASKED_EQ) {
            json.writeNumberField("valueTwo", unsigned(test.valueTwo()));
        }
        json.writeStringField("op", test.operator().scmpName());
        json.writeEndObject();
    }

    private void condition(String key, Condition condition) throws IOException {
        if (condition.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart(key);
        nonEmpty("caps", condition.caps());
        nonEmpty("arches", condition.arches());
        if (condition.minKernel() != null) {
            json.writeStringField("minKernel", condition.minKernel().toString());
        }
        json.writeEndObject();
    }

    private void action(String key, @Nullable Action action) throws IOException {
        if (action != null) {
            json.writeStringField(key, action.scmpName());
        }
    }

    private void number(String key, @Nullable Integer number) throws IOException {
        if (number != null) {
            json.writeNumberField(key, number);
        }
    }

    private void string(String key, @Nullable String text) throws IOException {
        if (text != null) {
            json.writeStringField(key, text);
        }
    }

    private void nonEmpty(String key, List<String> texts) throws IOException {
        if (!texts.isEmpty()) {
            strings(key, texts);
        }
    }

    private void strings(String key, List<String> texts) throws IOException {
        json.writeArrayFieldStart(key);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private static BigInteger unsigned(long value) {
        return new BigInteger(Long.toUnsignedString(value));
    }
}
