package profgen.image;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import profgen.BadInputException;

/** {@code index.json} and what it leads to: finds the one image for a platform. */
final class OciLayout {
    static final String INDEX = "index.json";
    private static final int MAX_DEPTH = 4;
    /** Bounds what indexes that name each other many times over can cost. */
    private static final int MAX_DESCRIPTORS = 1000;

    private final Blobs blobs;
    private final Platform platform;
    private final Map<Digest, Found> fitting = new LinkedHashMap<>();
    private final TreeSet<String> others = new TreeSet<>();
    private int seen;

    /** A manifest for the wanted platform. */
    private record Found(Json manifest, ConfigFile config, String variant, Optional<String> name) {}

    private OciLayout(Blobs blobs, Platform platform) {
        this.blobs = blobs;
        this.platform = platform;
    }

    static Contents read(Blobs blobs, Platform platform, Optional<String> tag) {
        OciLayout layout = new OciLayout(blobs, platform);
        Json index = Json.parse(blobs.document(INDEX), blobs.source() + ": " + INDEX);
        layout.collect(index, 1, Optional.empty(), tag);
        if (tag.isPresent() && layout.fitting.isEmpty() && layout.others.isEmpty()) {
            throw Names.none(blobs, tag);
        }
        return layout.contents(layout.choose());
    }

    private void collect(Json index, int depth, Optional<String> name, Optional<String> tag) {
        for (Json element : index.get("manifests").list()) {
            Descriptor descriptor = Descriptor.read(element);
            if (++seen > MAX_DESCRIPTORS) {
                throw index.problem("more than " + MAX_DESCRIPTORS + " manifests");
            }
            if (Names.fits(tag, descriptor.name().stream().toList())) {
                visit(descriptor, depth, descriptor.name().or(() -> name));
            }
        }
    }

    private void visit(Descriptor descriptor, int depth, Optional<String> name) {
        boolean named = !descriptor.architecture().isEmpty();
        if (named && !(descriptor.os().equals("linux") && platform.is(descriptor.architecture()))) {
            passOver(descriptor.os(), descriptor.architecture());
            return;
        }
        Json document = blobs.document(descriptor);
        if (!descriptor.isIndex(document)) {
            manifest(descriptor, document, name);
        } else if (depth == MAX_DEPTH) {
            throw document.problem("an index " + depth + " deep");
        } else {
            collect(document, depth + 1, name, Optional.empty());
        }
    }

    private void manifest(Descriptor descriptor, Json manifest, Optional<String> name) {
        Descriptor config = Descriptor.read(manifest.get("config"));
        if (!config.mediaType()
                .matches("application/vnd\\.(oci\\.image\\.config|docker\\.container\\.image)\\.v1\\+json")) {
            passOver("", config.mediaType());
            return;
        }
        ConfigFile file = ConfigFile.read(blobs.document(config), config.digest());
        if (file.os().equals("linux") && platform.is(file.config().architecture())) {
            fitting.putIfAbsent(descriptor.digest(), new Found(manifest, file, descriptor.variant(), name));
        } else {
            passOver(file.os(), file.config().architecture());
        }
    }

    /** What builders put beside an image, attestations for example, is for the platform unknown/unknown. */
    private void passOver(String os, String architecture) {
        if (!os.equals("unknown")) {
            others.add(Raw.quoted(os.isEmpty() ? architecture : os + "/" + architecture));
        }
    }

    /** The one, or of several variants of the architecture that which runs on all its processors. */
    private Found choose() {
        List<Found> found = new ArrayList<>(fitting.values());
        if (found.size() > 1) {
            found.removeIf(other -> !List.of("", "v1").contains(other.variant()));
        }
        if (found.size() == 1) {
            return found.get(0);
        }
        if (fitting.isEmpty()) {
            String there = others.isEmpty() ? "there is none at all" : "there are " + String.join(", ", others);
            throw new BadInputException(blobs.source() + ": no image for linux/" + platform.ociName() + "; " + there);
        }
        throw Names.several(
                blobs,
                fitting.values().stream()
                        .map(each -> each.name().orElse("(without a name)"))
                        .collect(Collectors.toList()));
    }

    private Contents contents(Found found) {
        List<Descriptor> layers = found.manifest().get("layers").list().stream()
                .map(Descriptor::read)
                .toList();
        List<String> files = layers.stream().map(layer -> layer.digest().blob()).toList();
        return Contents.of(blobs, found.config(), files, layers, found.name());
    }
}
