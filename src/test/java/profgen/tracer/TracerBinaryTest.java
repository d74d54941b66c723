package profgen.tracer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import profgen.HostException;

class TracerBinaryTest {
    private static final byte[] EXECUTABLE = "#!/bin/true\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void it_is_unpacked_once_into_a_private_folder() throws IOException {
        Path cache = folder.resolve("cache/profgen");
        Path first = TracerBinary.unpack(EXECUTABLE, List.of(cache));
        assertThat(first).hasBinaryContent(EXECUTABLE).isExecutable();
        assertThat(Files.getPosixFilePermissions(cache)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        Object file = Files.getAttribute(first, "unix:ino");
        assertThat(TracerBinary.unpack(EXECUTABLE, List.of(cache))).isEqualTo(first);
        assertThat(Files.getAttribute(first, "unix:ino")).isEqualTo(file);
        try (Stream<Path> files = Files.list(cache)) {
            assertThat(files).containsExactly(first);
        }
    }

    @Test
    void a_changed_one_is_replaced() throws IOException {
        Path file = TracerBinary.unpack(EXECUTABLE, List.of(folder));
        Files.writeString(file, "something else");
        assertThat(TracerBinary.unpack(EXECUTABLE, List.of(folder)))
                .isEqualTo(file)
                .hasBinaryContent(EXECUTABLE);
    }

    @Test
    void a_folder_that_cannot_be_made_leads_to_the_next() throws IOException {
        Path occupied = Files.writeString(folder.resolve("file"), "");
        Path good = folder.resolve("good");
        assertThat(TracerBinary.unpack(EXECUTABLE, List.of(occupied.resolve("x"), good)))
                .startsWith(good);
        assertThatThrownBy(() -> TracerBinary.unpack(EXECUTABLE, List.of(occupied.resolve("x"))))
                .isInstanceOf(HostException.class)
                .hasMessageStartingWith("profgen-tracer: no folder to unpack it to: ");
    }

    @Test
    void the_users_cache_comes_before_the_temporary_folder() {
        assertThat(TracerBinary.folders(Map.of("XDG_CACHE_HOME", "/c", "HOME", "/h")))
                .startsWith(Path.of("/c/profgen"), Path.of("/h/.cache/profgen"))
                .hasSize(3);
        assertThat(TracerBinary.folders(Map.of("XDG_CACHE_HOME", "relative"))).hasSize(1);
    }
}
