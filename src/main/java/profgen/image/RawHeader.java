package profgen.image;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarUtils;

/** The bytes of one entry's header: names and extended attributes need not be text in any encoding. */
final class RawHeader {
    static final int BLOCK = 512;
    private static final int NAME = 0;
    private static final int SIZE = 124;
    private static final int TYPE = 156;
    private static final int LINK = 157;
    private static final int MAGIC = 257;
    private static final int PREFIX = 345;
    private static final String ATTRIBUTE = "SCHILY.xattr.";

    private final byte[] blocks;
    private final Map<String, byte[]> records = new HashMap<>();
    private int main;

    /** @param blocks of the entry's own header and of those before it that add to it */
    RawHeader(byte[] blocks) throws IOException {
        this.blocks = blocks;
        try {
            while ("xXgLK".indexOf(type()) >= 0) {
                main += extension(type());
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("a header is damaged", e);
        }
    }

    /** As the archive has it; 0 of old archives is as '0'. */
    char type() {
        char type = (char) (blocks[main + TYPE] & 0xff);
        return type == '\0' ? '0' : type;
    }

    /** Puts the headers of one extension into {@link #records}; the result is its length. */
    private int extension(char type) throws IOException {
        long size = TarUtils.parseOctalOrBinary(blocks, main + SIZE, 12);
        int from = main + BLOCK;
        if (size < 0 || size > blocks.length - from) {
            throw new IOException("a header is cut off");
        }
        byte[] data = Arrays.copyOfRange(blocks, from, from + (int) size);
        switch (type) {
            case 'L' -> records.put("path", upToZero(data));
            case 'K' -> records.put("linkpath", upToZero(data));
            case 'x', 'X' -> records(data);
            default -> {
                // Global ones hold comments in practice; engines leave them aside too.
            }
        }
        return BLOCK + ((int) size + BLOCK - 1) / BLOCK * BLOCK;
    }

    /** Each is {@code LENGTH KEY=VALUE\n}, and the length counts all of that. */
    private void records(byte[] data) throws IOException {
        int at = 0;
        while (at < data.length && data[at] != 0) {
            int blank = index(data, at, data.length, ' ');
            String digits = blank < 0 ? "" : Raw.of(Arrays.copyOfRange(data, at, blank));
            int length = digits.matches("[0-9]{1,8}") ? Integer.parseInt(digits) : 0;
            int end = at + length;
            int equal = length > 0 && end <= data.length ? index(data, blank, end, '=') : -1;
            if (equal < 0) {
                throw new IOException("an extended header is damaged");
            }
            records.put(
                    Raw.of(Arrays.copyOfRange(data, blank + 1, equal)), Arrays.copyOfRange(data, equal + 1, end - 1));
            at = end;
        }
    }

    private static int index(byte[] data, int from, int to, char wanted) {
        for (int i = from; i < to; i++) {
            if (data[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static byte[] upToZero(byte[] data) {
        int zero = index(data, 0, data.length, '\0');
        return zero < 0 ? data : Arrays.copyOf(data, zero);
    }

    private String field(int from, int length) {
        return Raw.of(upToZero(Arrays.copyOfRange(blocks, main + from, main + from + length)));
    }

    /** GNU tar hides the name of a sparse file. */
    String name() {
        for (String key : new String[] {"GNU.sparse.name", "path"}) {
            byte[] value = records.get(key);
            if (value != null) {
                return Raw.of(value);
            }
        }
        String prefix = "";
        if (field(MAGIC, 6).equals("ustar")) {
            // Other uses of the end of this field begin with a zero byte or are of GNU's own magic.
            prefix = field(PREFIX, field(BLOCK - 4, 4).equals("tar") ? 131 : 155);
        }
        return prefix.isEmpty() ? field(NAME, 100) : prefix + "/" + field(NAME, 100);
    }

    String link() {
        byte[] value = records.get("linkpath");
        return value != null ? Raw.of(value) : field(LINK, 100);
    }

    /** Values of those that are kept only, since folders hold theirs until all is in place; the others are empty. */
    Map<String, byte[]> attributes() {
        Map<String, byte[]> attributes = new TreeMap<>();
        records.forEach((key, value) -> {
            if (key.startsWith(ATTRIBUTE)) {
                String name = key.substring(ATTRIBUTE.length());
                attributes.put(name, TarEntry.keeps(name) ? value : new byte[0]);
            }
        });
        return attributes;
    }
}
