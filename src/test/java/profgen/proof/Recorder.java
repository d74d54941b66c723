package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import profgen.Requires;
import profgen.recording.Call;
import profgen.recording.CallId;
import profgen.recording.Recording;
import profgen.recording.RecordingReader;
import profgen.recording.Run;

/** {@code ./profgen record} of this checkout, with its files in one folder. */
record Recorder(Path folder) {
    private static final String NAME = "workload";

    /** The command line that records; the files are named after {@link #profile} and {@link #recordingFile}. */
    BoundedCommand command(List<String> options, List<String> workload) {
        List<String> words = new ArrayList<>(List.of(
                Checkout.launcher().toString(),
                "record",
                "--force",
                "-o",
                profile().toString(),
                "--recording",
                recordingFile().toString()));
        words.addAll(options);
        words.add("--");
        words.addAll(workload);
        return BoundedCommand.of(words).in(folder);
    }

    /** Records, and the workload must end with that status; the result is what it printed. */
    Ended record(int status, List<String> options, String... workload) {
        return command(options, List.of(workload)).run().hasStatus(status);
    }

    /** Skips the test where this kernel, or this user, has not that back end. */
    void requires(String backend) {
        Ended ended = command(List.of("--tracer", backend, "--engine", "host"), List.of("true"))
                .run();
        Requires.that(ended.succeeded(), "--tracer " + backend + ": " + ended.err());
    }

    /** What docker knows of containers that any profgen here records in. */
    static List<String> containers() {
        return Docker.docker("ps", "-a", "--filter", "label=profgen", "--format", "{{.Names}}")
                .out()
                .lines()
                .toList();
    }

    Path profile() {
        return folder.resolve(NAME + ".seccomp.json");
    }

    Path recordingFile() {
        return folder.resolve(NAME + ".recording.json");
    }

    /** The only run of the recording. */
    Run run() throws IOException {
        assertThat(Files.exists(recordingFile())).as("recording written").isTrue();
        Recording recording = RecordingReader.read(recordingFile());
        assertThat(recording.runs()).hasSize(1);
        return recording.runs().get(0);
    }

    static Set<CallId> ids(Run run) {
        Set<CallId> ids = new TreeSet<>();
        run.calls().forEach(call -> ids.add(call.id()));
        return ids;
    }

    /** The process whose execve is the first call of all. */
    static int mainPid(Run run) {
        return run.calls().stream()
                .map(Call::first)
                .min(Comparator.comparingLong(Call.FirstSight::ns))
                .orElseThrow()
                .pid();
    }
}
