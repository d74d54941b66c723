package profgen.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import profgen.BadInputException;

/** An image's files inside a tar, which stays open: each is read from its place. A compressed tar is decompressed into a nameless file first. */
final class TarBlobs implements Blobs {
    private static final int MAX_LINKS = 8;

    /** @param link where a symlink or hard link leads, else null */
    private record Place(
            long at,
            long size,
            @org.jspecify.annotations.Nullable String link) {}

    private final String source;
    private final FileChannel file;
    private final Map<String, Place> places = new HashMap<>();

    private TarBlobs(String source, FileChannel file) {
        this.source = source;
        this.file = file;
    }

    static TarBlobs open(Path path, Limits limits) {
        try {
            TarBlobs blobs = new TarBlobs(path.toString(), plain(path, new Budget(limits)));
            try {
                blobs.index(new Budget(limits));
                return blobs;
            } catch (IOException | RuntimeException e) {
                blobs.close();
                throw e;
            }
        } catch (IOException e) {
            throw new BadInputException(path + ": cannot be read: " + e.getMessage());
        } catch (Refused e) {
            throw new BadInputException(path + ": " + e.getMessage());
        }
    }

    private static FileChannel plain(Path path, Budget budget) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            if (Compression.of(in.readNBytes(6)) == Compression.NONE) {
                return FileChannel.open(path, StandardOpenOption.READ);
            }
        }
        try (InputStream raw = Files.newInputStream(path);
                Metered in = new Metered(Compression.undone(raw), budget::spend)) {
            return spooled(in);
        }
    }

    private static FileChannel spooled(InputStream in) throws IOException {
        Path name = Files.createTempFile("profgen-image", null);
        FileChannel file = FileChannel.open(name, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            Files.delete(name);
            in.transferTo(Channels.newOutputStream(file));
            return file;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private void index(Budget budget) throws IOException {
        SliceStream in = new SliceStream(file, 0, file.size());
        TarReader tar = new TarReader(in);
        try {
            for (Optional<TarEntry> entry = tar.next(); entry.isPresent(); entry = tar.next()) {
                budget.entry();
                add(entry.get(), in.position());
            }
        } catch (Refused e) {
            throw new BadInputException(source + ": entry " + Raw.shown(tar.current()) + ": " + e.getMessage());
        } catch (IOException e) {
            String after = tar.current().isEmpty() ? "" : "after entry " + Raw.shown(tar.current()) + ": ";
            throw new BadInputException(source + ": " + after + e.getMessage());
        }
    }

    private void add(TarEntry entry, long at) {
        List<String> parts = EntryName.parts(entry.name());
        String name = String.join("/", parts);
        switch (entry.type()) {
            case FILE -> {
                if (entry.sparse()) {
                    throw new Refused("a sparse file; an image's files have no holes");
                }
                places.put(name, new Place(at, entry.size(), null));
            }
            case SYMLINK -> places.put(name, new Place(0, 0, beside(parts, entry.link())));
            case HARD_LINK -> places.put(name, new Place(0, 0, String.join("/", EntryName.parts(entry.link()))));
            default -> {
                // Nothing of an image.
            }
        }
    }

    private static String beside(List<String> parts, String target) {
        List<String> folder = new ArrayList<>(parts.subList(0, Math.max(0, parts.size() - 1)));
        if (target.startsWith("/") || EntryName.climbsOut(folder, target)) {
            throw new Refused("a symlink out of the archive");
        }
        for (String part : target.split("/", -1)) {
            if (part.equals("..")) {
                folder.remove(folder.size() - 1);
            } else if (!part.isEmpty() && !part.equals(".")) {
                folder.add(part);
            }
        }
        return String.join("/", folder);
    }

    private Optional<Place> find(String name) {
        String raw = Raw.ofUtf8(name).replaceFirst("^(\\./)+", "");
        for (int links = 0; links < MAX_LINKS; links++) {
            Place place = places.get(raw);
            if (place == null || place.link() == null) {
                return Optional.ofNullable(place);
            }
            raw = place.link();
        }
        return Optional.empty();
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public OptionalLong size(String name) {
        return find(name).map(place -> OptionalLong.of(place.size())).orElse(OptionalLong.empty());
    }

    @Override
    public InputStream open(String name) throws IOException {
        Place place = find(name).orElseThrow(() -> problem(name, "is missing"));
        return new SliceStream(file, place.at(), place.size());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
