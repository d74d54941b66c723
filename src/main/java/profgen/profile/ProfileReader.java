package profgen.profile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import profgen.BadInputException;

/**
 * Reads a profile strictly: every mistake is a {@link BadInputException} that names the file, the place as
 * {@code syscalls[4].includes.minKernel}, what stands there and what was expected. Old files (a rule's {@code name},
 * {@code args: []}, null for absent) are read too.
 */
public final class ProfileReader {
    /** Far above any real profile (Docker's default: 14 kB), and small enough for a small heap. */
    public static final long MAX_BYTES = 32L << 20;

    private ProfileReader() {}

    public static Profile read(Path file) {
        return parse(text(file), file.toString());
    }

    /** What engines overlook goes to {@code oddities} instead of being a mistake. */
    public static Profile read(Path file, Consumer<Oddity> oddities) {
        return parse(text(file), file.toString(), oddities);
    }

    /** Every oddity is a mistake. */
    public static Profile parse(String text, String sourceName) {
        return parse(text, sourceName, oddity -> refuse(sourceName, oddity));
    }

    /** For an engine that prefers the name of an error to its number: every other oddity is a mistake. */
    public static Profile readWithErrnoNames(Path file) {
        return read(file, oddity -> {
            if (oddity.kind() != Oddity.Kind.PODMAN_KEY) {
                refuse(file.toString(), oddity);
            }
        });
    }

    private static void refuse(String sourceName, Oddity oddity) {
        String place = oddity.path().isEmpty() ? "" : oddity.path() + ": ";
        throw new BadInputException(sourceName + ": " + place + oddity.problem());
    }

    /** {@code oddities} are told in the order of the text, after all of it was read. */
    public static Profile parse(String text, String sourceName, Consumer<Oddity> oddities) {
        List<Oddity> found = new ArrayList<>();
        Profile profile;
        try (JsonCursor json = new JsonCursor(text, sourceName, false, found::add)) {
            try {
                profile = new ProfileGrammar(json).profile();
            } catch (BadInputException e) {
                if (json.badLine() == 0) {
                    throw e;
                }
                profile = withComments(text, sourceName, json.badLine(), found, e);
            }
        }
        found.forEach(oddities);
        return profile;
    }

    /** Comments may be all that keeps the text from being JSON. If not, the first complaint stands: it is about the text as engines read it. */
    private static Profile withComments(
            String text, String sourceName, int line, List<Oddity> found, BadInputException firstComplaint) {
        found.clear();
        found.add(new Oddity(Oddity.Kind.COMMENT, "", "", "line " + line + ": a comment, which is not JSON", line));
        try (JsonCursor json = new JsonCursor(text, sourceName, true, found::add)) {
            try {
                return new ProfileGrammar(json).profile();
            } catch (BadInputException e) {
                throw json.badLine() == line ? firstComplaint : e;
            }
        }
    }

    /** The file's text, which {@link #parse} takes. */
    public static String text(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new BadInputException(file + ": " + Files.size(file) + " bytes: expected at most " + MAX_BYTES);
            }
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (NoSuchFileException e) {
            throw new BadInputException(file + ": no such file");
        } catch (CharacterCodingException e) {
            throw new BadInputException(file + ": not UTF-8 text");
        } catch (IOException e) {
            throw new BadInputException(file + ": cannot be read: " + e.getMessage());
        }
    }
}
