package profgen.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import profgen.HostException;

/**
 * Where this machine's apt gets its packages, and the release to take from there. apt itself reads its configuration, in whichever form it is written.
 *
 * @param suite trixie on Debian, whose numactl differs from that of older hosts (a better test of --rootfs); else the host's own release
 */
record AptSource(String uri, String suite) {
    private static final Path OS_RELEASE = Path.of("/etc/os-release");

    static AptSource ofThisMachine() throws IOException {
        // Format: one line per index file; --no-release-info lists them before any apt-get update.
        Ended targets = BoundedCommand.of(
                        "apt-get",
                        "indextargets",
                        "--no-release-info",
                        "--format",
                        "$(REPO_URI) $(RELEASE) $(COMPONENT)",
                        "Created-By: Packages")
                .run()
                .hasStatus(0);
        return choose(targets.out().lines().toList(), Files.readAllLines(OS_RELEASE))
                .orElseThrow(() -> new HostException("apt: no source with a component main is configured"));
    }

    /**
     * The source of the host's own release.
     *
     * @param targets lines {@code URI RELEASE COMPONENT}
     * @param osRelease lines of os-release(5)
     */
    static Optional<AptSource> choose(List<String> targets, List<String> osRelease) {
        String codename = field(osRelease, "VERSION_CODENAME");
        String suite = field(osRelease, "ID").equals("debian") ? "trixie" : codename;
        List<String[]> mains = targets.stream()
                .map(line -> line.split(" ", -1))
                .filter(parts -> parts.length == 3 && parts[2].equals("main"))
                .toList();
        return mains.stream()
                .filter(parts -> parts[1].equals(codename))
                .findFirst()
                .or(() -> mains.stream().findFirst())
                .map(parts -> new AptSource(parts[0], suite));
    }

    private static String field(List<String> osRelease, String name) {
        return osRelease.stream()
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.substring(name.length() + 1).replace("\"", ""))
                .findFirst()
                .orElse("");
    }
}
