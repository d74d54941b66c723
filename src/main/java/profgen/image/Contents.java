package profgen.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One image as its archive describes it. */
record Contents(ImageConfig config, List<Layer> layers, Optional<String> name) {
    static Contents of(
            Blobs blobs, ConfigFile config, List<String> files, List<Descriptor> descriptors, Optional<String> name) {
        List<Digest> diffIds = config.diffIds();
        if (files.size() != diffIds.size()) {
            throw new profgen.BadInputException(blobs.source() + ": " + files.size() + " layers, but " + diffIds.size()
                    + " rootfs.diff_ids in the configuration");
        }
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            Optional<Descriptor> descriptor =
                    descriptors.isEmpty() ? Optional.empty() : Optional.of(descriptors.get(i));
            layers.add(new Layer(files.get(i), descriptor, diffIds.get(i)));
        }
        return new Contents(config.config(), layers, name);
    }
}
