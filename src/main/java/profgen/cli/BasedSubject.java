package profgen.cli;

import java.util.List;
import java.util.Optional;
import profgen.capability.CapabilitySet;
import profgen.recording.Inheritance;
import profgen.recording.Journal;
import profgen.tracer.BaseFile;
import profgen.tracer.Recorded;
import profgen.tracer.RunListener;

/** What an earlier recording has is not recorded anew, but let through. */
record BasedSubject(Subject.Here here, Inheritance base) implements Subject {
    @Override
    public List<String> command() {
        return here.command();
    }

    @Override
    public boolean hasOwnFileSystem() {
        return here.hasOwnFileSystem();
    }

    @Override
    public Recorded record(Setting setting, Optional<Recorded> before, RunListener listener) {
        try (BaseFile file = BaseFile.write(base, setting.journalPrefix())) {
            Recorded recorded = here.record(setting.with(file.file()), before, listener);
            Journal journal = recorded.journal();
            if (journal.failure() != null) {
                return recorded;
            }
            return new Recorded(
                    new Journal(base.into(journal.run()), journal.failure(), journal.denials()),
                    recorded.beside(),
                    recorded.file(),
                    recorded.folder(),
                    recorded.engine(),
                    recorded.fallback());
        }
    }

    @Override
    public String runLine(String profile, CapabilitySet needed, boolean init) {
        return here.runLine(profile, needed, init);
    }
}
