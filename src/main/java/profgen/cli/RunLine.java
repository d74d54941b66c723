package profgen.cli;

import java.util.ArrayList;
import java.util.List;
import profgen.capability.Capability;
import profgen.capability.CapabilitySet;
import profgen.container.CapabilityOptions;
import profgen.container.ContainerSpec;
import profgen.container.EngineKind;
import profgen.container.Network;
import profgen.container.Workload;
import profgen.recording.RawText;

/** The command line that runs a recorded workload in a container under its profile. */
final class RunLine {
    private RunLine() {}

    /**
     * For Docker, with the options of the recording that a container has too.
     *
     * @param needed what the profile's gates ask for beyond the default capabilities
     * @param init Docker's own init is to be the first process
     * @return with the word IMAGE where the image belongs
     */
    static String docker(Workload workload, String profile, CapabilitySet needed, boolean init) {
        List<String> words = new ArrayList<>(List.of("docker", "run", "--security-opt", "seccomp=" + profile));
        if (init) {
            words.add("--init");
        }
        if (workload.noNewPrivileges()) {
            words.addAll(List.of("--security-opt", "no-new-privileges"));
        }
        capabilities(words, workload, needed);
        if (workload.network() == Network.NONE) {
            words.addAll(List.of("--network", "none"));
        }
        if (workload.user() != null) {
            words.addAll(List.of(
                    "--user", workload.user().uid() + ":" + workload.user().gid()));
        }
        if (workload.workdir() != null) {
            words.addAll(List.of("--workdir", workload.workdir()));
        }
        workload.environment().forEach(change -> words.addAll(List.of("--env", change)));
        if (workload.readOnly()) {
            words.add("--read-only");
        }
        words.add("IMAGE");
        words.addAll(workload.command());
        return RawText.printable(Words.shell(words));
    }

    /** For the engine of the recording, with the same options; a runtime without an engine takes a bundle, so Docker stands for it. */
    static String of(EngineKind engine, ContainerSpec spec, String profile, CapabilitySet needed) {
        String client = engine == EngineKind.PODMAN ? "podman" : "docker";
        List<String> words = new ArrayList<>(List.of(client, "run", "--security-opt", "seccomp=" + profile));
        words.addAll(spec.options().words());
        missing(words, spec.options().capabilities(), needed);
        if (spec.entrypoint() != null) {
            words.addAll(List.of("--entrypoint", spec.entrypoint()));
        }
        words.add(spec.image() == null ? "IMAGE" : spec.image());
        words.addAll(spec.command());
        return RawText.printable(Words.shell(words));
    }

    private static void capabilities(List<String> words, Workload workload, CapabilitySet needed) {
        workload.capabilities().dropped().forEach(name -> words.addAll(List.of("--cap-drop", name)));
        workload.capabilities().added().forEach(name -> words.addAll(List.of("--cap-add", name)));
        missing(words, workload.capabilities(), needed);
    }

    private static void missing(List<String> words, CapabilityOptions given, CapabilitySet needed) {
        CapabilitySet there = given.bounding();
        for (Capability capability : needed) {
            if (!there.contains(capability)) {
                words.addAll(List.of("--cap-add", capability.shortName()));
            }
        }
    }
}
