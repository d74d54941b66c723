package profgen.recording;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import profgen.BadInputException;

/** Recording files into recordings, strictly: whatever is missing, unknown or of another type ends in one line that says where. */
public final class RecordingReader {
    private RecordingReader() {}

    /** Reads up to 256 Mi characters of UTF-8. */
    public static Recording read(Path file) {
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return parse(reader, file.toString());
        } catch (NoSuchFileException e) {
            throw new BadInputException(file + ": no such file");
        } catch (IOException e) {
            throw new BadInputException(file + ": cannot be read: " + e.getMessage());
        }
    }

    /** @param name what messages call the text, e.g. its file name */
    public static Recording parse(String text, String name) {
        try {
            return parse(new StringReader(text), name);
        } catch (IOException e) {
            throw new BadInputException(name + ": cannot be read: " + e.getMessage());
        }
    }

    private static Recording parse(Reader reader, String source) throws IOException {
        JsonStream stream = new JsonStream(reader, source);
        try (stream) {
            List<Run> runs = new ArrayList<>();
            Set<String> seen = new HashSet<>();
            int[] version = {RecordingWriter.VERSION};
            stream.start().object("", (key, path) -> {
                seen.add(key);
                switch (key) {
                    case RecordingWriter.VERSION_KEY -> version[0] = version(stream.value(path));
                    case "runs" -> stream.array(path, (i, runPath) -> runs.add(RunJson.read(stream, runPath)));
                    default -> throw stream.here(path).problem("unknown key; is this a recording?");
                }
            });
            stream.end();
            return checked(version[0], recording(source, seen, runs), source);
        } catch (IOException e) {
            throw stream.unreadable(e);
        }
    }

    private static int version(JsonValue version) {
        int found = version.integer(1, Integer.MAX_VALUE);
        if (found > RecordingWriter.VERSION) {
            throw version.problem(
                    "written by a later profgen: version " + found + ", this one reads " + RecordingWriter.VERSION);
        }
        return found;
    }

    private static Recording checked(int version, Recording recording, String source) {
        if (version < RecordingWriter.version(recording)) {
            String key =
                    recording.hasCapabilityUses() ? "capabilityUses" : recording.hasExtents() ? "extent" : "phases";
            throw new BadInputException(
                    source + ": \"" + key + "\" in a recording of version " + version + ": expected none");
        }
        return recording;
    }

    private static Recording recording(String source, Set<String> seen, List<Run> runs) {
        for (String key : List.of(RecordingWriter.VERSION_KEY, "runs")) {
            if (!seen.contains(key)) {
                throw new BadInputException(source + ": \"" + key + "\" is missing; is this a recording?");
            }
        }
        Set<String> ids = new HashSet<>();
        for (Run run : runs) {
            if (!ids.add(run.id())) {
                throw new BadInputException(source + ": runs: run " + run.id() + " is there twice");
            }
        }
        return new Recording(runs);
    }
}
