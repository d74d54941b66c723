package profgen.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import profgen.BadInputException;
import profgen.generate.ProfileSeal;
import profgen.recording.RawText;
import profgen.recording.Recording;
import profgen.recording.RecordingReader;
import profgen.recording.Run;

/** The two files that recording a command makes, and when they may replace what is there. */
record RecordOutputs(OutputTarget recording, OutputTarget profile) {
    private static final String RECORDING = ".recording.json";
    private static final String PROFILE = ".seccomp.json";
    private static final String OTHER_NAME = "--force replaces it; -o and --recording choose other names";

    /**
     * Names that were not given are made of the subject's own, in the current folder.
     *
     * @param name of the command, perhaps with its path, or of the image
     */
    static RecordOutputs of(String name, @Nullable OutputTarget recording, @Nullable OutputTarget profile) {
        String base = baseName(name);
        RecordOutputs outputs = new RecordOutputs(
                recording == null ? OutputTarget.of(base + RECORDING) : recording,
                profile == null ? OutputTarget.of(base + PROFILE) : profile);
        if (Objects.equals(outputs.recording.file(), outputs.profile.file())) {
            throw new BadInputException(
                    outputs.profile.name() + ": is named for the recording and for the profile: expected two names");
        }
        return outputs;
    }

    /** What a recording of a command is called if nobody says otherwise. */
    static String recordingOf(String program) {
        return baseName(program) + RECORDING;
    }

    private static String baseName(String program) {
        String name = program.replaceFirst("/+$", "");
        name = name.substring(name.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._+@-]", "_");
        return name.isEmpty() || name.startsWith(".") || name.startsWith("-") ? "workload" + name : name;
    }

    /** Beside the recording, so that a full disk and a wrong folder show early, and out of the sight of a plain ls. */
    String journalPrefix() {
        Path file = recording.file();
        if (file == null || (Files.exists(file) && !Files.isRegularFile(file))) {
            return Path.of(System.getProperty("java.io.tmpdir", "/tmp"), "profgen.")
                    .toString();
        }
        String name = String.valueOf(file.getFileName());
        String stem = name.replaceFirst("(\\.recording)?(\\.json)?$", "");
        return file.resolveSibling("." + stem + ".").toString();
    }

    /**
     * Whether both can be written and nobody's work is lost; to be asked before the workload runs.
     *
     * @return the recording that is there and stays (append), if any
     */
    Optional<Recording> check(List<String> command, boolean append, boolean force) {
        recording.checkWritable();
        profile.checkWritable();
        Optional<Recording> old = existing(append, force);
        old.filter(recorded -> !append && !force).ifPresent(recorded -> checkSameCommand(recorded, command));
        if (!force) {
            checkProfile(old.isPresent());
        }
        return append ? old : Optional.empty();
    }

    private Optional<Recording> existing(boolean append, boolean force) {
        Path file = recording.file();
        if (file == null || !Files.isRegularFile(file) || (force && !append)) {
            return Optional.empty();
        }
        try {
            return Optional.of(RecordingReader.read(file));
        } catch (BadInputException e) {
            if (append) {
                throw e;
            }
            throw new BadInputException(file + ": is there and is no recording that profgen made", OTHER_NAME);
        }
    }

    private void checkSameCommand(Recording old, List<String> command) {
        List<String> words = command.stream().map(RawText::printable).toList();
        old.runs().stream()
                .filter(run -> !isBeside(run))
                .map(run -> run.provenance().command())
                .filter(other -> !other.equals(words))
                .findFirst()
                .ifPresent(other -> {
                    throw new BadInputException(
                            recording.name() + ": is a recording of another command: " + Words.shell(other),
                            "--append adds to it, --force replaces it; -o and --recording choose other names");
                });
    }

    /** A health check or the like, of the same container. */
    private static boolean isBeside(Run run) {
        return run.provenance().options().stream().anyMatch(option -> option.startsWith("exec="));
    }

    private void checkProfile(boolean withItsRecording) {
        Path file = profile.file();
        if (file == null || !Files.isRegularFile(file)) {
            return;
        }
        if (!ProfileSeal.isIntact(read(file))) {
            throw new BadInputException(file + ": is there and is not as profgen wrote it", OTHER_NAME);
        }
        if (!withItsRecording) {
            throw new BadInputException(
                    file + ": is there without its recording " + recording.name()
                            + ", so that it may be another command's",
                    OTHER_NAME);
        }
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new BadInputException(file + ": cannot be read: " + OutputTarget.reason(e));
        }
    }
}
