package profgen.generate;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import profgen.BadInputException;

/**
 * A policy as a text beside its recording, for people to write and to keep: a line is a key and its values,
 * {@code allow pwritev2 # the nightly backup}; what follows {@code #} is the reason.
 */
public final class PolicyFile {
    /** Beside {@code numactl.recording.json} that is {@code numactl.policy}. */
    public static final String SUFFIX = ".policy";

    private static final long MAX_BYTES = 1 << 20;
    private static final List<String> SEVERAL = List.of("allow", "deny", "allow-beyond", "arch");
    private static final Pattern RECORDING = Pattern.compile("(\\.recording)?(\\.json)?$");
    private static final Pattern BLANK = Pattern.compile("\\s+");

    private PolicyFile() {}

    /** Where the policy of a recording is looked for; there need not be one. */
    public static Path beside(Path recording) {
        String name = String.valueOf(recording.getFileName());
        return recording.resolveSibling(RECORDING.matcher(name).replaceFirst("") + SUFFIX);
    }

    /** Adds the file's settings to what {@code policy} has. */
    public static void read(Path file, PolicyBuilder policy) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new BadInputException(file + ": larger than " + MAX_BYTES + " bytes: is this a policy?");
            }
            parse(Files.readString(file), file.toString(), policy);
        } catch (NoSuchFileException e) {
            throw new BadInputException(file + ": no such file");
        } catch (CharacterCodingException e) {
            throw new BadInputException(file + ": not UTF-8 text");
        } catch (IOException e) {
            throw new BadInputException(file + ": cannot be read: " + e.getMessage());
        }
    }

    static void parse(String text, String source, PolicyBuilder policy) {
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            line(lines.get(i), source + ": line " + (i + 1) + ": ", policy);
        }
        policy.contradiction().ifPresent(problem -> {
            throw new BadInputException(source + ": " + problem);
        });
    }

    private static void line(String line, String place, PolicyBuilder policy) {
        int hash = line.indexOf('#');
        String reason = hash < 0 ? "" : line.substring(hash + 1).strip();
        String setting = (hash < 0 ? line : line.substring(0, hash)).strip();
        if (setting.isEmpty()) {
            return;
        }
        List<String> words = new ArrayList<>(Arrays.asList(BLANK.split(setting)));
        String key = words.remove(0);
        if (words.isEmpty() && SEVERAL.contains(key)) {
            throw new BadInputException(place + key + ": expected a value");
        }
        if (words.size() > 1 && !SEVERAL.contains(key)) {
            throw new BadInputException(place + key + ": expected one value");
        }
        for (String value : words.isEmpty() ? List.of("") : words) {
            policy.set(key, value, reason).ifPresent(problem -> {
                throw new BadInputException(place + (PolicyBuilder.KEYS.contains(key) ? key + " " : "") + problem);
            });
        }
    }
}
