package profgen.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import profgen.BadInputException;
import profgen.HostException;

/** Reads one layer: checks what it is, and tells what is wrong with it by the names of layer and entry. */
record LayerUnpacker(String source, Blobs blobs, Budget budget, Path folder) {
    void unpack(Layer layer, LayerWriter writer) {
        try {
            layer.verify(blobs);
            try (InputStream raw = blobs.open(layer.blob());
                    Metered plain = new Metered(Compression.undone(raw), budget::spend)) {
                entries(plain, writer);
                Digest found = plain.drained().digest();
                if (!found.equals(layer.diffId())) {
                    throw new BadInputException(source + ": its tar has the digest " + found
                            + ", but rootfs.diff_ids has " + layer.diffId() + ": altered or cut off");
                }
            }
        } catch (Refused e) {
            throw new BadInputException(source + ": " + e.getMessage());
        } catch (IOException e) {
            throw new BadInputException(source + ": cannot be read: " + e.getMessage());
        }
    }

    private void entries(Metered plain, LayerWriter writer) {
        TarReader tar = new TarReader(plain);
        try {
            for (Optional<TarEntry> entry = tar.next(); entry.isPresent(); entry = tar.next()) {
                budget.entry();
                writer.apply(entry.get(), tar.content());
            }
        } catch (Refused e) {
            throw new BadInputException(source + ": " + at(tar) + e.getMessage());
        } catch (CallException e) {
            throw new HostException(folder + ": " + at(tar) + e.getMessage());
        } catch (IOException e) {
            throw new BadInputException(source + ": " + at(tar) + "cannot be read: " + e.getMessage());
        }
    }

    private static String at(TarReader tar) {
        return tar.current().isEmpty() ? "" : "entry " + Raw.shown(tar.current()) + ": ";
    }
}
