package profgen.image;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A SHA-256. */
record Digest(String hex) {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    Digest {
        if (!isHex(hex)) {
            throw new IllegalArgumentException(hex);
        }
    }

    static boolean isHex(String text) {
        return HEX.matcher(text).matches();
    }

    static Digest of(byte[] bytes) {
        return new Digest(HexFormat.of().formatHex(sha256().digest(bytes)));
    }

    /** Of all that was put into it. */
    static Digest of(MessageDigest filled) {
        return new Digest(HexFormat.of().formatHex(filled.digest()));
    }

    /** Only this kind is read: none of the tools that write images makes another. */
    static Digest read(Json value) {
        String text = value.text();
        if (!text.startsWith("sha256:") || !isHex(text.substring(7))) {
            throw value.problem("expected sha256: and 64 hex digits, found " + Raw.quoted(text));
        }
        return new Digest(text.substring(7));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where layouts have it. */
    String blob() {
        return "blobs/sha256/" + hex;
    }

    @Override
    public String toString() {
        return "sha256:" + hex;
    }
}
