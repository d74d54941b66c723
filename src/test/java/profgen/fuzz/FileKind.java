package profgen.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What profgen reads, and the command lines that read it: {@code FILE} is the damaged file, {@code SOUND} what it was made of. */
enum FileKind {
    PROFILE(
            "testdata/profiles",
            ".json",
            "check FILE RECORDING",
            "diff docker-default FILE",
            "diff --arch x86_64 SOUND FILE",
            "diff RECORDING FILE",
            "lint FILE",
            "lint --format sarif FILE",
            "decide FILE clone CLONE_NEWUSER",
            "decide --all FILE",
            "resolve FILE",
            "resolve --engine podman --arch loongarch64 FILE",
            "render FILE --for podman",
            "render FILE --for systemd",
            "render FILE --for containerd"),
    RECORDING(
            "testdata",
            "recording.json",
            "show FILE",
            "show --json FILE",
            "generate FILE -o -",
            "merge FILE RECORDING -o -",
            "check docker-default FILE",
            "diff SOUND FILE",
            "diff FILE docker-default"),
    JOURNAL("testdata/journals", ".journal", "recover FILE -o -"),
    POLICY("testdata/cases", "policy", "generate RECORDING --policy FILE -o -");

    private final String folder;
    private final String suffix;

    @SuppressWarnings("ImmutableEnumChecker") // always made by List.of
    private final List<String> commands;

    FileKind(String folder, String suffix, String... commands) {
        this.folder = folder;
        this.suffix = suffix;
        this.commands = List.of(commands);
    }

    List<String> commands() {
        return commands;
    }

    /** Sorted, so that a seed means the same everywhere. */
    List<Path> samples() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            return files.filter(file -> file.getFileName().toString().endsWith(suffix))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }
}
