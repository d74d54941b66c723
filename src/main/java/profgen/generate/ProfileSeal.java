package profgen.generate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells whether a profile is still as profgen wrote it. The comment of the first rule carries a SHA-256 over the whole text,
 * taken with zeros in the place of its own digits. It guards against overwriting a person's work, not against an attacker.
 */
public final class ProfileSeal {
    /** What the generator puts into the first comment; {@link #seal} fills in the digits. */
    static final String OPEN = "sealed sha256:" + "0".repeat(64);

    private static final Pattern SEAL = Pattern.compile("sealed sha256:([0-9a-f]{64})");

    private ProfileSeal() {}

    /** The text with its seal closed; a text without a place for it comes back as it is. */
    public static String seal(String text) {
        String open = opened(text);
        Matcher seal = SEAL.matcher(open);
        return seal.find() ? open.substring(0, seal.start(1)) + hash(open) + open.substring(seal.end(1)) : text;
    }

    /** False if the text was changed since, or was never sealed. */
    public static boolean isIntact(String text) {
        return SEAL.matcher(text).find() && seal(text).equals(text);
    }

    private static String opened(String text) {
        Matcher seal = SEAL.matcher(text);
        return seal.find() ? text.substring(0, seal.start()) + OPEN + text.substring(seal.end()) : text;
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
