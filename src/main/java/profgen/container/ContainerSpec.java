package profgen.container;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A container that is to be made.
 *
 * @param image a reference that the engine knows; null with a rootfs
 * @param rootfs a folder with a root file system, for the engines that take one; null with an image
 * @param entrypoint null: the image's; empty: none
 * @param command the arguments of the entrypoint; empty: the image's command
 * @param mounts what profgen itself needs inside, beside the user's volumes
 * @param fresh what it writes to its root file system is gone with it, as with an image it always is
 */
public record ContainerSpec(
        @Nullable String image,
        @Nullable String rootfs,
        ContainerOptions options,
        @Nullable String entrypoint,
        List<String> command,
        Seccomp seccomp,
        List<Mount> mounts,
        boolean fresh) {
    public ContainerSpec {
        command = List.copyOf(command);
        mounts = List.copyOf(mounts);
        if ((image == null) == (rootfs == null)) {
            throw new IllegalArgumentException("a container is made of an image or of a root file system");
        }
    }

    public static ContainerSpec ofImage(String image, ContainerOptions options, List<String> command) {
        return new ContainerSpec(image, null, options, null, command, Seccomp.DEFAULT, List.of(), false);
    }

    public static ContainerSpec ofRootfs(String rootfs, ContainerOptions options, List<String> command) {
        return new ContainerSpec(null, rootfs, options, null, command, Seccomp.DEFAULT, List.of(), false);
    }

    public ContainerSpec with(Seccomp other) {
        return new ContainerSpec(image, rootfs, options, entrypoint, command, other, mounts, fresh);
    }

    public ContainerSpec with(ContainerOptions other) {
        return new ContainerSpec(image, rootfs, other, entrypoint, command, seccomp, mounts, fresh);
    }

    /** The same container with another program as its first: {@code words} in whole, in place of entrypoint and command. */
    public ContainerSpec running(List<String> words, List<Mount> needed) {
        return new ContainerSpec(
                image, rootfs, options, words.get(0), words.subList(1, words.size()), seccomp, needed, fresh);
    }

    /** The same, and what it writes to its root file system is gone with it. */
    public ContainerSpec asFresh() {
        return new ContainerSpec(image, rootfs, options, entrypoint, command, seccomp, mounts, true);
    }

    /** @param other null: the image's; empty: none */
    public ContainerSpec withEntrypoint(@Nullable String other) {
        return new ContainerSpec(image, rootfs, options, other, command, seccomp, mounts, fresh);
    }

    /** For a person: what the container is made of. */
    public String origin() {
        return image == null ? "rootfs " + rootfs : "image " + image;
    }
}
