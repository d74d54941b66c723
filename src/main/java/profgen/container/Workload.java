package profgen.container;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import profgen.capability.CapabilitySet;

/**
 * A command and the container that it is to run in.
 *
 * <p>Strings carry bytes that are not UTF-8 as lone surrogates U+DC80 to U+DCFF.
 *
 * @param user null: the caller's ids
 * @param workdir null: the current folder; in a rootfs its root
 * @param environment {@code NAME=VALUE}, set on top of the caller's environment; {@code NAME}: not in it
 * @param rootfs null: the caller's file system
 * @param hostname null: as it is
 * @param pid1 the command is the first process of the container, without an init above it
 */
public record Workload(
        List<String> command,
        CapabilityOptions capabilities,
        Network network,
        @Nullable UserIds user,
        @Nullable String workdir,
        List<String> environment,
        @Nullable String rootfs,
        @Nullable String hostname,
        boolean readOnly,
        boolean noNewPrivileges,
        boolean pid1) {
    public Workload {
        command = List.copyOf(command);
        environment = List.copyOf(environment);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("a workload without a command");
        }
    }

    /** {@code command} in a container as Docker starts it without options, but with the caller's file system and network. */
    public static Workload of(List<String> command) {
        return new Workload(
                command,
                CapabilityOptions.DEFAULT,
                Network.HOST,
                null,
                null,
                List.of(),
                null,
                null,
                false,
                false,
                false);
    }

    /** The same with all of these in its bounding set. */
    public Workload adding(CapabilitySet needed) {
        return new Workload(
                command,
                capabilities.adding(needed),
                network,
                user,
                workdir,
                environment,
                rootfs,
                hostname,
                readOnly,
                noNewPrivileges,
                pid1);
    }

    /** Another command in the same place. */
    public Workload with(List<String> other) {
        return new Workload(
                other,
                capabilities,
                network,
                user,
                workdir,
                environment,
                rootfs,
                hostname,
                readOnly,
                noNewPrivileges,
                false);
    }

    /** Another command with the same user and rights, on the caller's own file system. */
    public Workload running(List<String> other) {
        return new Workload(
                other, capabilities, network, user, null, List.of(), null, hostname, readOnly, noNewPrivileges, pid1);
    }

    /** The options that mean something in a container only, as they are written; empty if the host serves as well. */
    public List<String> containerOnly() {
        List<String> options = new ArrayList<>();
        addIf(options, !capabilities.added().isEmpty(), "--cap-add");
        addIf(options, !capabilities.dropped().isEmpty(), "--cap-drop");
        addIf(options, network == Network.NONE, "--network none");
        addIf(options, user != null, "--user");
        addIf(options, rootfs != null, "--rootfs");
        addIf(options, hostname != null, "--hostname");
        addIf(options, readOnly, "--read-only");
        addIf(options, pid1, "--pid1");
        return List.copyOf(options);
    }

    private static void addIf(List<String> options, boolean given, String option) {
        if (given) {
            options.add(option);
        }
    }

    /** For a recording: what was asked, {@code key=value}. What a workload finds in the environment is its own affair and stays out. */
    public List<String> inWords(EngineKind engine) {
        List<String> words = new ArrayList<>();
        addIf(words, noNewPrivileges, "no-new-privileges=true");
        addIf(words, workdir != null, "workdir=" + workdir);
        if (engine == EngineKind.HOST) {
            return List.copyOf(words);
        }
        words.add("network=" + network.label());
        capabilities.added().forEach(name -> words.add("cap-add=" + name));
        capabilities.dropped().forEach(name -> words.add("cap-drop=" + name));
        if (user != null) {
            words.add("user=" + user.uid() + ":" + user.gid());
        }
        addIf(words, rootfs != null, "rootfs=" + rootfs);
        addIf(words, hostname != null, "hostname=" + hostname);
        addIf(words, readOnly, "read-only=true");
        addIf(words, pid1, "pid1=true");
        return List.copyOf(words);
    }
}
