package profgen.verify;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import profgen.capability.CapabilitySet;
import profgen.container.EngineKind;
import profgen.filter.Engine;
import profgen.filter.Host;
import profgen.syscall.Arch;
import profgen.syscall.KernelVersion;

/** This machine, as what decides which filter a container gets. */
public final class Hosts {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+(\\.\\d+)?");

    private Hosts() {}

    /** With the newest Docker's reading of profiles, where there is no engine. */
    public static Host here(CapabilitySet bounding) {
        Arch arch = Arch.byName(System.getProperty("os.arch", "")).orElse(Arch.X86_64);
        Host docker = Host.docker(arch).withBounding(bounding);
        return KernelVersion.parseRelease(System.getProperty("os.version", ""))
                .map(docker::withKernel)
                .orElse(docker);
    }

    /** With an engine in the version that it says of itself. */
    public static Host of(EngineKind kind, CapabilitySet bounding) {
        String label = kind.label();
        String engine = version(kind).map(version -> label + "@" + version).orElse(label);
        return here(bounding)
                .withEngine(Engine.parse(engine).or(() -> Engine.parse(label)).orElse(Engine.DOCKER));
    }

    private static Optional<String> version(EngineKind kind) {
        String server = kind == EngineKind.DOCKER ? "{{.Server.Version}}" : "{{.Client.Version}}";
        List<String> question = kind.isRuntime()
                ? List.of(kind.label(), "--version")
                : List.of(kind.label(), "version", "--format", server);
        Matcher matcher = VERSION.matcher(BoundedProcess.run(question, LIMIT).out());
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }
}
