package profgen.container;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Options of which one or two are given. */
final class Changed {
    private @Nullable String network;
    private @Nullable String user;
    private @Nullable String workdir;
    private List<String> volumes = List.of();
    private List<String> ulimits = List.of();
    private boolean init;

    Changed network(String name) {
        network = name;
        return this;
    }

    Changed user(String name) {
        user = name;
        return this;
    }

    Changed workdir(String folder) {
        workdir = folder;
        return this;
    }

    Changed volume(String volume) {
        volumes = List.of(volume);
        return this;
    }

    Changed ulimit(String limit) {
        ulimits = List.of(limit);
        return this;
    }

    Changed init() {
        init = true;
        return this;
    }

    ContainerOptions options() {
        return new ContainerOptions(
                CapabilityOptions.DEFAULT,
                network,
                user,
                workdir,
                null,
                List.of(),
                volumes,
                List.of(),
                ulimits,
                null,
                List.of(),
                List.of(),
                false,
                false,
                init,
                false,
                false);
    }
}
