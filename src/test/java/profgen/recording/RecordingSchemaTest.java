package profgen.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import profgen.BadInputException;

/** src/docs/recording.schema.json says what the writer writes and takes what the reader takes. */
class RecordingSchemaTest {
    private static Schema schema;

    @BeforeAll
    static void load() throws IOException {
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("src/docs/recording.schema.json")), InputFormat.JSON);
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 30);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void what_is_written_is_valid(long seed) {
        String text = RecordingWriter.write(new RandomRecordings(seed).recording());
        assertThat(schema.validate(text, InputFormat.JSON)).as(text).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_mutilated_recording_that_is_still_read_is_still_valid(long seed) {
        Mutilation mutilation = new Mutilation(seed);
        String whole = RecordingWriter.write(new RandomRecordings(seed).recording());
        for (int i = 0; i < 20; i++) {
            String text = mutilation.of(whole);
            try {
                RecordingReader.parse(text, "x");
            } catch (BadInputException e) {
                continue;
            }
            assertThat(schema.validate(text, InputFormat.JSON)).as(text).isEmpty();
        }
    }

    @Test
    void other_versions_and_unknown_keys_are_not_valid() {
        assertThat(schema.validate("{\"profgenRecording\":5,\"runs\":[]}", InputFormat.JSON))
                .isNotEmpty();
        assertThat(schema.validate("{\"profgenRecording\":1,\"runs\":[],\"x\":1}", InputFormat.JSON))
                .isNotEmpty();
        assertThat(schema.validate("{\"profgenRecording\":1,\"runs\":[]}", InputFormat.JSON))
                .isEmpty();
    }
}
