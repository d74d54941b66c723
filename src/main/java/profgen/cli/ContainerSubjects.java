package profgen.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import profgen.BadInputException;
import profgen.container.ContainerOptions;
import profgen.container.ContainerSpec;
import profgen.container.Engine;
import profgen.container.EngineKind;
import profgen.container.Engines;
import profgen.container.Network;
import profgen.container.OciRuntime;
import profgen.container.Starter;
import profgen.container.UnpackedImage;
import profgen.image.ImageReference;
import profgen.image.Limits;
import profgen.tracer.CallerState;
import profgen.tracer.Relay;
import profgen.tracer.TracerBinary;

/**
 * What is recorded in a container that another program makes, or of an image.
 *
 * @param network in case it is the sandbox's
 * @param unsupported an option that the sandbox does not have, or null
 */
record ContainerSubjects(
        EngineKind engine,
        ContainerOptions options,
        @Nullable String entrypoint,
        boolean pid1,
        Network network,
        @Nullable String unsupported) {
    ContainerSubjects {
        if (pid1 && options.init()) {
            throw new BadInputException("--pid1: with --init the first process is the engine's init");
        }
    }

    /**
     * @param command empty: the image's own
     * @param place path of the folder that an image in a file is unpacked to, without its last part
     */
    Subject ofImage(String image, List<String> command, Limits limits, String place) {
        ImageReference reference = ImageReference.parse(image);
        if (engine == EngineKind.HOST) {
            throw new BadInputException("--engine host: runs no image", "leave --engine out, or name another one");
        }
        return reference instanceof ImageReference.Stored stored
                ? ofArchive(image, stored, command, limits, place)
                : ofName(image, command);
    }

    private Subject ofName(String image, List<String> command) {
        if (engine.isRuntime() || engine == EngineKind.SANDBOX) {
            throw new BadInputException(
                    "--engine " + engine.label() + ": has no images of its own: " + image,
                    "`docker save " + image + " -o FILE.tar` makes a file of one: --image FILE.tar");
        }
        Engine chosen = engine == EngineKind.AUTO ? Engines.withImage(image, starter()) : Engines.of(engine, starter());
        ContainerSpec spec = ContainerSpec.ofImage(image, options, command).withEntrypoint(entrypoint);
        return new Subject.InContainer(chosen, spec, pid1);
    }

    private Subject ofArchive(
            String text, ImageReference.Stored reference, List<String> command, Limits limits, String place) {
        if (engine == EngineKind.DOCKER || engine == EngineKind.PODMAN) {
            throw new BadInputException(
                    "--engine " + engine.label() + ": runs images that it has itself: " + text,
                    engine.label() + " load -i FILE makes it one; runc, crun and the sandbox run it from the file");
        }
        if (!engine.isRuntime() && unsupported != null) {
            throw new BadInputException(
                    unsupported + ": is no option of the sandbox", "--engine runc and --engine crun have it");
        }
        Path folder = Path.of(place + UUID.randomUUID().toString().substring(0, 8) + ".image")
                .toAbsolutePath();
        UnpackedImage image = UnpackedImage.open(text, reference, limits, folder);
        try {
            return ofUnpacked(image, command);
        } catch (RuntimeException e) {
            image.close();
            throw e;
        }
    }

    private Subject ofUnpacked(UnpackedImage image, List<String> command) {
        String name = image.name().orElse("IMAGE");
        ContainerSpec wanted = ContainerSpec.ofImage(name, options, command).withEntrypoint(entrypoint);
        if (!engine.isRuntime()) {
            Subject inside =
                    new Subject.Here(image.workload(wanted, network, pid1, System.getenv()), EngineKind.SANDBOX);
            return new ArchiveSubject(inside, image, wanted);
        }
        ContainerSpec spec = ContainerSpec.ofRootfs(image.root().toString(), options, command)
                .withEntrypoint(entrypoint);
        Engine runtime = new OciRuntime(engine, starter(), image.facts());
        return new ArchiveSubject(new Subject.InContainer(runtime, spec, pid1), image, wanted);
    }

    /** For the runtimes, which know no images. */
    Subject ofRootfs(@Nullable String rootfs, List<String> command) {
        if (!engine.isRuntime()) {
            throw new BadInputException(
                    "--engine " + engine.label() + ": makes containers of images", "--image REF names one");
        }
        if (rootfs == null) {
            throw new BadInputException(
                    "--engine " + engine.label() + ": needs an image or a root file system",
                    "--image FILE.tar or --rootfs DIR");
        }
        ContainerSpec spec = ContainerSpec.ofRootfs(rootfs, options, command).withEntrypoint(entrypoint);
        return new Subject.InContainer(Engines.of(engine, starter()), spec, pid1);
    }

    private static Starter starter() {
        return new Relay(TracerBinary.locate(), CallerState.ofProperties());
    }
}
