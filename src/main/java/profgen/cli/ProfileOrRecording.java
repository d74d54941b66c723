package profgen.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import profgen.diff.ProfileAndRecording.Named;
import profgen.profile.Baseline;
import profgen.profile.Profile;
import profgen.profile.ProfileReader;
import profgen.recording.Recording;
import profgen.recording.RecordingReader;
import profgen.recording.RecordingWriter;
import profgen.syscall.Arch;

/** What a name on a command line stands for, told by the beginning of the file. Exactly one of both is there. */
record ProfileOrRecording(
        String name, @Nullable Profile profile, @Nullable Recording recording) {
    /** A recording says so in its first key. */
    private static final int HEAD = 256;

    static ProfileOrRecording read(String name) {
        if (Baseline.named(name).isPresent()) {
            return new ProfileOrRecording(name, Baseline.named(name).get(), null);
        }
        Path file = ProfileFiles.path(name);
        if (Files.isRegularFile(file)) {
            return beginsAsRecording(head(file))
                    ? new ProfileOrRecording(name, null, RecordingReader.read(file))
                    : new ProfileOrRecording(name, ProfileReader.read(file), null);
        }
        /* A pipe gives its text once. */
        String text = ProfileReader.text(file);
        return beginsAsRecording(text.substring(0, Math.min(text.length(), HEAD)))
                ? new ProfileOrRecording(name, null, RecordingReader.parse(text, name))
                : new ProfileOrRecording(name, ProfileReader.parse(text, name), null);
    }

    /** Empty if it cannot be read: the reader of profiles says why. */
    private static String head(Path file) {
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            char[] head = new char[HEAD];
            return new String(head, 0, Math.max(0, reader.read(head)));
        } catch (IOException e) {
            return "";
        }
    }

    private static boolean beginsAsRecording(String head) {
        return head.stripLeading().matches("(?s)\\{\\s*\"" + RecordingWriter.VERSION_KEY + "\".*");
    }

    /** False for a pipe, whose text was read. */
    static boolean isRecordingFile(String name) {
        Path file = ProfileFiles.path(name);
        return Files.isRegularFile(file) && beginsAsRecording(head(file));
    }

    boolean isRecording() {
        return recording != null;
    }

    Named<Profile> asProfile() {
        return new Named<>(name, Objects.requireNonNull(profile));
    }

    /** Of its runs those on these architectures, all if none is asked for. */
    Named<Recording> recordingOn(List<Arch> arches) {
        return new Named<>(name, RecordingFiles.on(arches, Objects.requireNonNull(recording), name));
    }
}
