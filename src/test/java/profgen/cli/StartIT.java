package profgen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What makes a start slow is loading what it does not need. */
class StartIT {
    private static final String JAR = System.getProperty("profgen.jar", "target/profgen.jar");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--version",
                "decide docker-default read",
                "resolve docker-default",
                "diff docker-default docker-default",
                "lint unconfined"
            })
    void a_command_loads_neither_the_mapper_of_json_nor_native_access_without_need(String arguments)
            throws IOException {
        String loaded = Launched.script(folder, "exec java -Xlog:class+load -jar \"$1\" " + arguments, JAR)
                .out();
        assertThat(loaded).contains("profgen.cli.Main ");
        assertThat(loaded.lines().filter(line -> line.contains("com.sun.jna.") || line.contains("jackson.databind.")))
                .isEmpty();
    }
}
