package profgen.image;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import profgen.BadInputException;

/** An image's configuration as its JSON file has it. */
record ConfigFile(ImageConfig config, String os, List<Digest> diffIds) {
    private static final List<String> SHELL = List.of("/bin/sh", "-c");

    static ConfigFile read(Json file, Digest id) {
        Optional<Json> config = file.find("config");
        Json rootfs = file.get("rootfs");
        return new ConfigFile(
                new ImageConfig(
                        id.toString(),
                        file.get("architecture").text(),
                        texts(config, "Entrypoint"),
                        texts(config, "Cmd"),
                        environment(config),
                        text(config, "User").orElse(""),
                        text(config, "WorkingDir").orElse(""),
                        config.flatMap(found -> found.find("Healthcheck")).map(ConfigFile::healthcheck),
                        text(config, "StopSignal"),
                        keys(config, "ExposedPorts"),
                        keys(config, "Volumes"),
                        config.flatMap(found -> found.find("Shell"))
                                .map(Json::texts)
                                .orElse(SHELL)),
                file.get("os").text(),
                rootfs.find("diff_ids")
                        .map(list -> list.list().stream().map(Digest::read).toList())
                        .orElse(List.of()));
    }

    /** @throws BadInputException unless it is for this machine */
    ConfigFile checked(Blobs blobs, Platform platform) {
        if (!os.equals("linux") || !platform.is(config.architecture())) {
            throw new BadInputException(blobs.source() + ": the image is for "
                    + Raw.quoted(os + "/" + config.architecture()) + "; wanted is linux/" + platform.ociName());
        }
        return this;
    }

    private static List<String> texts(Optional<Json> config, String key) {
        return config.flatMap(found -> found.find(key)).map(Json::texts).orElse(List.of());
    }

    private static Optional<String> text(Optional<Json> config, String key) {
        return config.flatMap(found -> found.find(key)).map(Json::text).filter(text -> !text.isEmpty());
    }

    private static List<String> environment(Optional<Json> config) {
        List<String> variables = texts(config, "Env");
        for (String variable : variables) {
            if (variable.indexOf('=') < 1) {
                throw config.orElseThrow().get("Env").problem("expected NAME=VALUE, found " + Raw.quoted(variable));
            }
        }
        return variables;
    }

    private static SortedSet<String> keys(Optional<Json> config, String key) {
        return config.flatMap(found -> found.find(key))
                .map(found -> new TreeSet<>(found.fields().keySet()))
                .orElseGet(TreeSet::new);
    }

    private static Healthcheck healthcheck(Json value) {
        Json retries = value.find("Retries").orElse(null);
        if (retries != null && retries.count() > Integer.MAX_VALUE) {
            throw retries.problem("more than " + Integer.MAX_VALUE);
        }
        return new Healthcheck(
                value.find("Test").map(Json::texts).orElse(List.of()),
                nanoseconds(value, "Interval"),
                nanoseconds(value, "Timeout"),
                nanoseconds(value, "StartPeriod"),
                retries == null ? 0 : (int) retries.count());
    }

    private static Duration nanoseconds(Json value, String key) {
        return Duration.ofNanos(value.find(key).map(Json::count).orElse(0L));
    }
}
