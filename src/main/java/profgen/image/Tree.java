package profgen.image;

import java.io.Closeable;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The tree that is unpacked. Every way into it begins at its root and goes name by name; symlinks of the image that are met on the way are resolved here,
 * with the tree's root as {@code /}, and never by the kernel.
 */
final class Tree implements Closeable {
    private static final int MAX_LINKS = 40;

    private final Folder root;
    private final Removal removal;
    private final FolderAttributes attributes = new FolderAttributes();
    private Optional<Way> last = Optional.empty();

    /** @param path of real folders only, parts joined by slashes; empty for the root */
    private record Way(List<String> wanted, Folder folder, String path) {}

    /** A name in a folder, whether anything has it or not. */
    record Place(Folder folder, String name, String path) {}

    /** @param yard a folder of nobody else's on the same file system */
    Tree(Folder root, Folder yard) {
        this.root = root;
        this.removal = new Removal(yard);
        attributes.put("", FolderAttributes.plain());
    }

    FolderAttributes attributes() {
        return attributes;
    }

    /** Makes the folders on the way that there are not. Valid until the next call. */
    Place make(List<String> parts) throws CallException {
        return find(parts, true).orElseThrow();
    }

    /** Empty if a folder on the way is missing. Valid until the next call. */
    Optional<Place> find(List<String> parts) throws CallException {
        return find(parts, false);
    }

    private Optional<Place> find(List<String> parts, boolean make) throws CallException {
        String name = parts.get(parts.size() - 1);
        return way(parts.subList(0, parts.size() - 1), make)
                .map(way -> new Place(way.folder(), name, join(way.path(), name)));
    }

    private static String join(String path, String name) {
        String joined = path.isEmpty() ? name : path + "/" + name;
        if (joined.length() >= EntryName.MAX_PATH) {
            throw new Refused("a path of " + joined.length() + " bytes behind a symlink");
        }
        return joined;
    }

    private Optional<Way> way(List<String> wanted, boolean make) throws CallException {
        if (last.isPresent() && last.get().wanted().equals(wanted)) {
            return last;
        }
        forgetWay();
        last = walk(wanted, make);
        return last;
    }

    /** To be called when a folder or a symlink may have gone. */
    private void forgetWay() {
        last.ifPresent(way -> way.folder().close());
        last = Optional.empty();
    }

    private Optional<Way> walk(List<String> wanted, boolean make) throws CallException {
        Deque<String> ahead = new ArrayDeque<>(wanted);
        Folder here = root.again();
        String path = "";
        int links = 0;
        try {
            while (!ahead.isEmpty()) {
                String name = ahead.pop();
                Optional<String> target = name.equals("..") ? Optional.of("..") : here.target(name);
                if (target.isPresent()) {
                    links = count(links, name);
                    ahead = detour(path, target.get(), ahead);
                    path = "";
                    here = replaced(here, Optional.of(root.again()));
                    continue;
                }
                path = join(path, name);
                Optional<Folder> next = here.enter(name);
                if (next.isEmpty() && !make) {
                    here.close();
                    return Optional.empty();
                }
                here = replaced(here, Optional.of(next.isPresent() ? next.get() : made(here, name, path)));
            }
            return Optional.of(new Way(List.copyOf(wanted), here, path));
        } catch (CallException | RuntimeException e) {
            here.close();
            throw e;
        }
    }

    private static int count(int links, String name) {
        if (!name.equals("..") && links == MAX_LINKS) {
            throw new Refused("more than " + MAX_LINKS + " symlinks on the way");
        }
        return name.equals("..") ? links : links + 1;
    }

    private static Folder replaced(Folder old, Optional<Folder> next) {
        old.close();
        return next.orElseThrow();
    }

    /** All that is ahead, from the root on: where a link in a folder leads, and the rest of the way. */
    private static Deque<String> detour(String folder, String target, Deque<String> rest) {
        Deque<String> ahead = new ArrayDeque<>(target.startsWith("/") ? List.of() : parts(folder));
        List<String> steps = parts(target);
        int up = 0;
        while (up < steps.size() && steps.get(up).equals("..")) {
            if (ahead.pollLast() == null) {
                throw new Refused("a symlink on the way leads out of the root");
            }
            up++;
        }
        ahead.addAll(steps.subList(up, steps.size()));
        ahead.addAll(rest);
        return ahead;
    }

    private static List<String> parts(String path) {
        return Arrays.stream(path.split("/", -1))
                .filter(part -> !part.isEmpty() && !part.equals("."))
                .toList();
    }

    private Folder made(Folder parent, String name, String path) throws CallException {
        try {
            parent.makeFolder(name);
        } catch (CallException e) {
            if (e.isOneOf(Libc.EEXIST)) {
                throw new Refused(Raw.shown(path) + " on the way is not a folder");
            }
            throw e;
        }
        attributes.put(path, FolderAttributes.plain());
        return parent.enter(name).orElseThrow();
    }

    /** The path without symlinks of what is there when the last name's symlinks are followed too; empty if there is nothing. */
    Optional<String> resolve(List<String> parts) throws CallException {
        Deque<String> wanted = new ArrayDeque<>(parts);
        for (int links = 0; links <= MAX_LINKS && !wanted.isEmpty(); links++) {
            String name = wanted.getLast();
            Optional<Place> place = name.equals("..") ? Optional.empty() : find(List.copyOf(wanted));
            if (place.isEmpty()) {
                return Optional.empty();
            }
            Optional<String> target = place.get().folder().target(name);
            if (target.isEmpty()) {
                return place.filter(found -> found.folder().has(name)).map(Place::path);
            }
            String path = place.get().path();
            String folder = path.substring(0, Math.max(0, path.length() - name.length() - 1));
            wanted = detour(folder, target.get(), new ArrayDeque<>());
        }
        return Optional.empty();
    }

    /** Nothing has the place's name afterwards. The place stays valid. */
    void clear(Place place) throws CallException {
        removal.remove(place.folder(), place.name());
        attributes.forget(place.path());
    }

    /** A folder of this tree, by a path without symlinks. */
    Folder folder(String path) throws CallException {
        forgetWay();
        Folder here = root.again();
        for (String name : parts(path)) {
            here = replaced(here, here.enter(name));
        }
        return here;
    }

    @Override
    public void close() {
        forgetWay();
        root.close();
    }
}
