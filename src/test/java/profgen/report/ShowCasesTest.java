package profgen.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import profgen.recording.Recording;
import profgen.recording.RecordingReader;
import profgen.recording.Recordings;

/** How the recordings of testdata/journals are shown. {@code -Dprofgen.update=true} writes the expected texts anew. */
class ShowCasesTest {
    private static final Path JOURNALS = Path.of("testdata/journals");

    static Stream<Path> cases() throws IOException {
        try (Stream<Path> folders = Files.list(JOURNALS)) {
            return folders.sorted().toList().stream();
        }
    }

    private static void same(Path expected, String text) throws IOException {
        if (Boolean.getBoolean("profgen.update")) {
            Files.writeString(expected, text);
        }
        assertThat(text).as("-Dprofgen.update=true accepts it").isEqualTo(Files.readString(expected));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void a_recording_is_shown_as_its_table(Path folder) throws IOException {
        Recording recording = RecordingReader.read(folder.resolve("recording.json"));
        same(folder.resolve("show.txt"), ShowReport.table(recording, ShowFilter.ALL, List.of()));
    }

    @Test
    void a_recording_is_shown_as_its_json() throws IOException {
        Recording recording = RecordingReader.read(JOURNALS.resolve("foreign/recording.json"));
        ShowFilter filter = ShowFilter.of(List.of("socketcall", "getppid"), List.of(), List.of());
        same(Path.of("testdata/show/foreign.json"), ShowJson.of(recording, filter));
    }

    @Test
    void several_recordings_are_shown_with_the_number_of_runs() throws IOException {
        Recording merged = Recordings.merge(List.of(
                RecordingReader.read(JOURNALS.resolve("pipeline/recording.json")),
                RecordingReader.read(JOURNALS.resolve("killed/recording.json")),
                RecordingReader.read(JOURNALS.resolve("numactl/recording.json"))));
        ShowFilter filter = ShowFilter.of(List.of("mmap", "open*"), List.of(), List.of());
        same(Path.of("testdata/show/merged.txt"), ShowReport.table(merged, filter, List.of()));
    }
}
