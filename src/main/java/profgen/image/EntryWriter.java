package profgen.image;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** Makes what one entry describes, in place of whatever has its name. */
final class EntryWriter {
    private static final int PIECE = 1 << 16;
    private static final byte[] ZEROS = new byte[PIECE];

    private final Tree tree;
    private final Budget budget;
    private final Remarks remarks;
    private final byte[] piece = new byte[PIECE];

    EntryWriter(Tree tree, Budget budget, Remarks remarks) {
        this.tree = tree;
        this.budget = budget;
        this.remarks = remarks;
    }

    /** The result is its path without symlinks. */
    String write(TarEntry entry, List<String> parts, InputStream content) throws IOException {
        return switch (entry.type()) {
            case FILE -> file(entry, tree.make(parts), content);
            case FOLDER -> folder(entry, tree.make(parts));
            case SYMLINK -> symlink(entry, parts);
            case HARD_LINK -> hardLink(entry, parts);
            case FIFO -> fifo(entry, tree.make(parts));
            case DEVICE -> device(entry, tree.make(parts));
        };
    }

    private String file(TarEntry entry, Tree.Place place, InputStream content) throws IOException {
        budget.announce(entry.size());
        if (entry.sparse()) {
            budget.spend(entry.size());
        }
        tree.clear(place);
        try (Handle file = place.folder().makeFile(place.name())) {
            copy(content, file, entry.size());
            describe(file, entry);
        }
        return place.path();
    }

    /** What is zero becomes a hole. */
    private void copy(InputStream content, Handle file, long size) throws IOException {
        long at = 0;
        for (int got = content.readNBytes(piece, 0, PIECE); got > 0; got = content.readNBytes(piece, 0, PIECE)) {
            if (!java.util.Arrays.equals(piece, 0, got, ZEROS, 0, got)) {
                file.write(piece, got, at);
            }
            at += got;
        }
        if (at != size) {
            throw new Refused(at + " bytes where " + size + " are promised");
        }
        file.end(size);
    }

    private String folder(TarEntry entry, Tree.Place place) throws CallException {
        try {
            place.folder().makeFolder(place.name());
        } catch (CallException e) {
            if (!e.isOneOf(Libc.EEXIST)) {
                throw e;
            }
            if (!place.folder().isFolder(place.name())) {
                tree.clear(place);
                place.folder().makeFolder(place.name());
            }
        }
        budget.hold(entry.attributes().values());
        tree.attributes().put(place.path(), entry);
        return place.path();
    }

    private String symlink(TarEntry entry, List<String> parts) throws CallException {
        String target = entry.link();
        if (target.isEmpty() || target.length() >= EntryName.MAX_PATH || target.indexOf('\0') >= 0) {
            throw new Refused("a symlink to nowhere");
        }
        if (EntryName.climbsOut(parts.subList(0, parts.size() - 1), target)) {
            throw new Refused("a symlink out of the root: " + Raw.shown(target));
        }
        Tree.Place place = tree.make(parts);
        tree.clear(place);
        place.folder().makeSymlink(place.name(), target);
        describeName(entry, place);
        leaveOut(entry.attributes(), entry);
        return place.path();
    }

    private String hardLink(TarEntry entry, List<String> parts) throws CallException {
        List<String> target = target(entry);
        Refused missing = new Refused("a hard link to " + Raw.shown(entry.link()) + ", which is not there");
        Tree.Place from = tree.find(target).orElseThrow(() -> missing);
        try (Folder fromFolder = from.folder().again()) {
            Tree.Place place = tree.make(parts);
            if (place.path().equals(from.path())) {
                throw new Refused("a hard link to itself");
            }
            tree.clear(place);
            place.folder().makeLink(place.name(), fromFolder, from.name());
            return place.path();
        } catch (CallException e) {
            if (e.isOneOf(Libc.ENOENT)) {
                throw missing;
            }
            if (e.isOneOf(Libc.EPERM, Libc.EMLINK)) {
                throw new Refused(
                        "a hard link that cannot be made to " + Raw.shown(entry.link()) + ": " + e.getMessage());
            }
            throw e;
        }
    }

    private static List<String> target(TarEntry entry) {
        try {
            List<String> target = EntryName.parts(entry.link());
            if (!target.isEmpty()) {
                return target;
            }
        } catch (Refused e) {
            throw new Refused("a hard link out of the root: " + Raw.shown(entry.link()) + ": " + e.getMessage());
        }
        throw new Refused("a hard link to the root");
    }

    private String fifo(TarEntry entry, Tree.Place place) throws CallException {
        tree.clear(place);
        place.folder().makeFifo(place.name());
        describeName(entry, place);
        place.folder().mode(place.name(), entry.mode());
        leaveOut(entry.attributes(), entry);
        return place.path();
    }

    private String device(TarEntry entry, Tree.Place place) throws CallException {
        tree.clear(place);
        remarks.add("device-nodes-left-out", entry.name(), "device nodes of the image are not made");
        return place.path();
    }

    /** The order matters: a change of owner takes away set-user-ID bits and capabilities. */
    void describe(Handle handle, TarEntry entry) throws CallException {
        try {
            handle.owner(entry.uid(), entry.gid());
        } catch (CallException e) {
            ownerNotKept(entry, e);
        }
        for (Map.Entry<String, byte[]> attribute : entry.attributes().entrySet()) {
            keep(handle, entry, attribute.getKey(), attribute.getValue());
        }
        handle.mode(entry.mode());
        handle.modified(entry.modified());
    }

    private void describeName(TarEntry entry, Tree.Place place) throws CallException {
        try {
            place.folder().owner(place.name(), entry.uid(), entry.gid());
        } catch (CallException e) {
            ownerNotKept(entry, e);
        }
        place.folder().modified(place.name(), entry.modified());
    }

    private void ownerNotKept(TarEntry entry, CallException e) throws CallException {
        if (!e.isOneOf(Libc.EPERM, Libc.EINVAL)) {
            throw e;
        }
        remarks.add("owners-not-kept", entry.name(), "files of other users of the image are yours");
    }

    private void keep(Handle handle, TarEntry entry, String name, byte[] value) throws CallException {
        if (!TarEntry.keeps(name)) {
            leaveOut(Map.of(name, value), entry);
            return;
        }
        try {
            handle.attribute(name, value);
        } catch (CallException e) {
            if (!e.isOneOf(Libc.EPERM, Libc.EINVAL, Libc.ENOTSUP, Libc.ERANGE, Libc.ENOSPC, Libc.E2BIG)) {
                throw e;
            }
            leaveOut(Map.of(name, value), entry);
        }
    }

    private void leaveOut(Map<String, byte[]> attributes, TarEntry entry) {
        attributes.keySet().forEach(name -> {
            String kind = name.equals("security.capability") ? "file-capabilities-left-out" : "attributes-left-out";
            String what = name.equals("security.capability") ? "capabilities of files" : "extended attributes";
            remarks.add(kind, entry.name(), what + " of the image are not kept");
        });
    }
}
