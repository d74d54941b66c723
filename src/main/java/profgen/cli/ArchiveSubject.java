package profgen.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import profgen.capability.CapabilitySet;
import profgen.container.ContainerSpec;
import profgen.container.EngineKind;
import profgen.container.UnpackedImage;
import profgen.recording.Journal;
import profgen.recording.Run;
import profgen.tracer.Course;
import profgen.tracer.Recorded;
import profgen.tracer.RunListener;

/**
 * An image that lies in a file, unpacked for as long as it is recorded.
 *
 * @param unpacked how its files are recorded: in the sandbox, or by a runtime
 * @param spec what an engine would be asked for
 */
record ArchiveSubject(Subject unpacked, UnpackedImage image, ContainerSpec spec) implements Subject {
    @Override
    public List<String> command() {
        return unpacked.command();
    }

    @Override
    public boolean hasOwnFileSystem() {
        return true;
    }

    @Override
    public Course course(Course asked) {
        return unpacked.course(asked.stoppedBy(image.facts().stopSignal())
                .checkedBy(image.facts().healthCheck()));
    }

    @Override
    public Recorded record(Setting setting, Optional<Recorded> before, RunListener listener) {
        Recorded recorded = unpacked.record(setting, before, listener);
        Journal journal = recorded.journal();
        Run run = journal.run();
        List<String> options = new ArrayList<>(run.provenance().options());
        options.removeIf(option -> option.startsWith("rootfs="));
        options.add("image=" + image.facts().reference());
        options.add("image-id=" + image.facts().id());
        List<Run.LedgerEntry> remarks = image.remarks().stream()
                .map(remark -> new Run.LedgerEntry(remark.kind(), remark.detail()))
                .toList();
        return new Recorded(
                new Journal(run.with(options, remarks), journal.failure(), journal.denials()),
                recorded.beside(),
                recorded.file(),
                recorded.folder(),
                recorded.engine(),
                recorded.fallback());
    }

    @Override
    public String runLine(String profile, CapabilitySet needed, boolean init) {
        return RunLine.of(EngineKind.DOCKER, spec, profile, needed);
    }

    @Override
    public void close() {
        image.close();
    }
}
