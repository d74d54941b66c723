package profgen.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import profgen.BadInputException;
import profgen.capability.CapabilitySet;
import profgen.container.ContainerSpec;
import profgen.container.Engine;
import profgen.container.EngineKind;
import profgen.container.Workload;
import profgen.tracer.Backend;
import profgen.tracer.CallerState;
import profgen.tracer.ContainerRecorder;
import profgen.tracer.Course;
import profgen.tracer.Recorded;
import profgen.tracer.Recorder;
import profgen.tracer.RunListener;
import profgen.tracer.RunningProcess;
import profgen.tracer.TracerBinary;

/** What is recorded, and where. */
interface Subject extends AutoCloseable {
    /** With which words its first program is started. */
    List<String> command();

    /** Whether its libraries are those that it will run with. */
    boolean hasOwnFileSystem();

    /** With the image's own stop signal, where there is one and none was asked for. */
    default Course course(Course asked) {
        return asked;
    }

    /** One run; a further one is where the one before it was. */
    Recorded record(Setting setting, Optional<Recorded> before, RunListener listener);

    /** The command line that runs it under the profile. */
    String runLine(String profile, CapabilitySet needed, boolean init);

    /** What was made for it goes. */
    @Override
    default void close() {}

    /** How a run is recorded, whatever it is. */
    record Setting(
            String journalPrefix,
            boolean untilAllExit,
            boolean showProgress,
            Course course,
            Backend backend,
            Optional<Path> base) {
        Setting with(Path file) {
            return new Setting(journalPrefix, untilAllExit, showProgress, course, backend, Optional.of(file));
        }
    }

    /** On this machine, in the sandbox or without one. */
    record Here(Workload workload, EngineKind engine) implements Subject {
        @Override
        public List<String> command() {
            return workload.command();
        }

        @Override
        public boolean hasOwnFileSystem() {
            return workload.rootfs() != null;
        }

        @Override
        public Recorded record(Setting setting, Optional<Recorded> before, RunListener listener) {
            Recorder recorder = new Recorder(
                    TracerBinary.locate(),
                    CallerState.ofProperties(),
                    Version.current(),
                    setting.journalPrefix(),
                    setting.untilAllExit(),
                    setting.showProgress(),
                    setting.course(),
                    setting.backend(),
                    setting.base());
            return before.isEmpty()
                    ? recorder.record(workload, engine, listener)
                    : recorder.again(workload, before.get(), listener);
        }

        @Override
        public String runLine(String profile, CapabilitySet needed, boolean init) {
            return RunLine.docker(workload, profile, needed, init);
        }
    }

    /** What runs already. */
    record Running(RunningProcess process) implements Subject {
        @Override
        public Course course(Course asked) {
            String option = asked.healthCheck().isPresent() ? "--health-cmd" : "--until-exec";
            if (asked.healthCheck().isPresent() || asked.untilExec().isPresent()) {
                throw new BadInputException(
                        option + ": nothing is put where profgen did not start what runs",
                        "--until COMMAND is run on this machine");
            }
            return asked;
        }

        @Override
        public List<String> command() {
            return process.command();
        }

        @Override
        public boolean hasOwnFileSystem() {
            return true;
        }

        @Override
        public Recorded record(Setting setting, Optional<Recorded> before, RunListener listener) {
            return new Recorder(
                            TracerBinary.locate(),
                            CallerState.ofProperties(),
                            Version.current(),
                            setting.journalPrefix(),
                            setting.untilAllExit(),
                            setting.showProgress(),
                            setting.course(),
                            setting.backend(),
                            Optional.empty())
                    .attach(process, listener);
        }

        @Override
        public String runLine(String profile, CapabilitySet needed, boolean init) {
            return RunLine.docker(Workload.of(process.command()), profile, needed, init);
        }
    }

    /** In a container of an engine. */
    record InContainer(Engine engine, ContainerSpec spec, boolean pid1) implements Subject {
        @Override
        public List<String> command() {
            return engine.commandLine(spec);
        }

        @Override
        public boolean hasOwnFileSystem() {
            return true;
        }

        @Override
        public Course course(Course asked) {
            return asked.stoppedBy(engine.stopSignal(spec));
        }

        @Override
        public Recorded record(Setting setting, Optional<Recorded> before, RunListener listener) {
            return new ContainerRecorder(
                            TracerBinary.locate(),
                            Version.current(),
                            setting.journalPrefix(),
                            setting.untilAllExit(),
                            setting.showProgress(),
                            pid1,
                            setting.course(),
                            setting.backend())
                    .record(engine, spec, listener);
        }

        @Override
        public String runLine(String profile, CapabilitySet needed, boolean init) {
            return RunLine.of(engine.kind(), spec, profile, needed);
        }
    }
}
