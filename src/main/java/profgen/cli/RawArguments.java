package profgen.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import profgen.recording.RawText;

/** The arguments of this process as they were given: what a JVM makes of them in the C locale has lost every byte above 127. */
final class RawArguments {
    private RawArguments() {}

    /** @param args as main got them; they are the last ones of the process */
    static List<String> of(String[] args) {
        try {
            return tail(Files.readAllBytes(Path.of("/proc/self/cmdline")), List.of(args));
        } catch (IOException e) {
            return List.of(args);
        }
    }

    static List<String> tail(byte[] commandLine, List<String> args) {
        List<String> all = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < commandLine.length; i++) {
            if (commandLine[i] == 0) {
                all.add(RawText.decode(Arrays.copyOfRange(commandLine, start, i)));
                start = i + 1;
            }
        }
        return all.size() < args.size() ? args : all.subList(all.size() - args.size(), all.size());
    }
}
