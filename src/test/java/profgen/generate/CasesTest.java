package profgen.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import profgen.profile.Profile;
import profgen.profile.ProfileReader;
import profgen.recording.Recording;
import profgen.recording.RecordingReader;

/**
 * Each folder of testdata/cases is a test: recording.json makes profile.json, and with NAME.policy it makes NAME.json.
 * {@code -Dprofgen.update=true} writes the profiles anew.
 */
class CasesTest {
    private static final Path CASES = Path.of("testdata/cases");

    static Stream<Path> profiles() throws IOException {
        List<Path> folders;
        try (Stream<Path> found = Files.list(CASES)) {
            folders = found.sorted().toList();
        }
        return folders.stream().flatMap(folder -> {
            try (Stream<Path> files = Files.list(folder)) {
                List<Path> policies = files.filter(file -> file.toString().endsWith(".policy"))
                        .sorted()
                        .toList();
                return Stream.concat(
                        Stream.of(folder.resolve("profile.json")),
                        policies.stream()
                                .map(file -> folder.resolve(
                                        file.getFileName().toString().replace(".policy", ".json"))));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("profiles")
    void a_recording_makes_its_profile_byte_for_byte(Path expected) throws IOException {
        Recording recording = RecordingReader.read(expected.resolveSibling("recording.json"));
        Path policyFile =
                expected.resolveSibling(expected.getFileName().toString().replace(".json", ".policy"));
        PolicyBuilder policy = new PolicyBuilder();
        if (Files.exists(policyFile)) {
            PolicyFile.read(policyFile, policy);
        }
        Generated generated = Generator.generate(recording, policy.policy());
        if (Boolean.getBoolean("profgen.update")) {
            Files.writeString(expected, generated.text());
        }
        assertThat(generated.text()).as("-Dprofgen.update=true accepts it").isEqualTo(Files.readString(expected));
        Profile profile = ProfileReader.read(expected);
        assertThat(profile).isEqualTo(ProfileReader.parse(generated.text(), "generated"));
        assertThat(ProfileSeal.isIntact(generated.text())).isTrue();
    }
}
