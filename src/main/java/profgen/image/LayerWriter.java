package profgen.image;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts one layer's entries over what the layers below have left. */
final class LayerWriter {
    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";
    /** What one old storage of Docker noted for itself. */
    private static final String BOOKKEEPING = ".wh..wh.";

    private final Tree tree;
    private final EntryWriter writer;
    /** Paths of this layer and of the folders on their way: whiteouts are for lower layers only, wherever they stand in their own. */
    private final Set<String> made = new HashSet<>();

    LayerWriter(Tree tree, EntryWriter writer) {
        this.tree = tree;
        this.writer = writer;
    }

    void apply(TarEntry entry, InputStream content) throws IOException {
        List<String> parts = EntryName.parts(entry.name());
        if (parts.isEmpty()) {
            if (entry.type() != TarEntry.Type.FOLDER) {
                throw new Refused("the root is not a folder");
            }
            tree.attributes().put("", entry);
            return;
        }
        String name = parts.get(parts.size() - 1);
        if (name.equals(OPAQUE)) {
            Optional<Tree.Place> place = tree.find(parts);
            if (place.isPresent()) {
                removeLowerIn(place.get().folder(), parent(place.get()));
            }
        } else if (name.startsWith(WHITEOUT)) {
            whiteout(parts, name.substring(WHITEOUT.length()));
        } else if (parts.stream().noneMatch(part -> part.startsWith(BOOKKEEPING))) {
            note(writer.write(entry, parts, content));
        }
    }

    private static String parent(Tree.Place place) {
        return place.path().substring(0, Math.max(0, place.path().lastIndexOf('/')));
    }

    private void whiteout(List<String> parts, String name) throws CallException {
        if (name.isEmpty() || name.equals(".") || name.equals("..")) {
            throw new Refused("a whiteout of " + Raw.shown(name));
        }
        if (name.startsWith(WHITEOUT)) {
            return;
        }
        List<String> hidden = new java.util.ArrayList<>(parts);
        hidden.set(parts.size() - 1, name);
        Optional<Tree.Place> place = tree.find(hidden);
        if (place.isPresent()) {
            removeLower(place.get());
        }
    }

    private void removeLower(Tree.Place place) throws CallException {
        if (!made.contains(place.path())) {
            tree.clear(place);
            return;
        }
        Optional<Folder> folder = place.folder().enter(place.name());
        if (folder.isPresent()) {
            try (Folder open = folder.get()) {
                removeLowerIn(open, place.path());
            }
        }
    }

    private void removeLowerIn(Folder folder, String path) throws CallException {
        for (String child : folder.names()) {
            removeLower(new Tree.Place(folder, child, path.isEmpty() ? child : path + "/" + child));
        }
    }

    private void note(String path) {
        for (int end = path.length(); end > 0 && made.add(path.substring(0, end)); ) {
            end = path.lastIndexOf('/', end - 1);
        }
    }
}
