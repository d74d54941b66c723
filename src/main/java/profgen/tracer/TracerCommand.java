package profgen.tracer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import profgen.container.EngineKind;
import profgen.container.Network;
import profgen.container.Workload;
import profgen.recording.Phase;
import profgen.recording.RawText;

/**
 * The command line of one recording.
 *
 * @param journal relative to the current folder if possible: a JVM in the C locale cannot spell every absolute path
 * @param progressInterval milliseconds, 0 for none
 * @param options about the back end, the phases and the end
 */
record TracerCommand(
        Path tracer,
        Path journal,
        String runId,
        CallerState caller,
        boolean untilAllExit,
        int progressInterval,
        List<String> options) {
    TracerCommand {
        options = List.copyOf(options);
    }

    List<String> of(Workload workload, EngineKind engine) {
        List<String> command = new ArrayList<>();
        command.add(tracer.toString());
        command.add("record");
        option(command, "--journal", RawText.percent(journal.toString()));
        option(command, "--run-id", runId);
        workload.inWords(engine).forEach(option -> option(command, "--engine-option", RawText.percent(option)));
        option(command, "--until-exit", untilAllExit ? "all" : "main");
        option(command, "--progress-interval", String.valueOf(progressInterval));
        command.addAll(options);
        command.addAll(caller.options());
        if (engine == EngineKind.SANDBOX) {
            sandbox(command, workload);
        }
        everywhere(command, workload);
        command.add("--");
        workload.command().forEach(argument -> command.add(RawText.percent(argument)));
        return command;
    }

    List<String> of(RunningProcess process) {
        List<String> command = new ArrayList<>(List.of(tracer.toString(), "attach"));
        option(command, "--journal", RawText.percent(journal.toString()));
        option(command, "--run-id", runId);
        option(command, "--until-exit", untilAllExit ? "all" : "main");
        option(command, "--progress-interval", String.valueOf(progressInterval));
        command.addAll(options);
        option(command, "--phase", Phase.SERVING.label());
        if (process.alone()) {
            command.add("--alone");
        }
        command.add(String.valueOf(process.pid()));
        return command;
    }

    private static void everywhere(List<String> command, Workload workload) {
        if (workload.workdir() != null) {
            option(command, "--workdir", RawText.percent(workload.workdir()));
        }
        for (String change : workload.environment()) {
            option(command, change.contains("=") ? "--setenv" : "--unsetenv", RawText.percent(change));
        }
        if (workload.noNewPrivileges()) {
            command.add("--no-new-privileges");
        }
    }

    private static void sandbox(List<String> command, Workload workload) {
        command.add("--sandbox");
        option(
                command,
                "--cap-bounding",
                Long.toHexString(workload.capabilities().bounding().mask()));
        option(command, "--network", workload.network() == Network.NONE ? "none" : "host");
        if (workload.user() != null) {
            option(command, "--uid", String.valueOf(workload.user().uid()));
            option(command, "--gid", String.valueOf(workload.user().gid()));
            if (!workload.user().groups().isEmpty()) {
                List<String> groups =
                        workload.user().groups().stream().map(String::valueOf).toList();
                option(command, "--groups", String.join(",", groups));
            }
        }
        if (workload.rootfs() != null) {
            option(command, "--rootfs", RawText.percent(workload.rootfs()));
        }
        if (workload.hostname() != null) {
            option(command, "--hostname", RawText.percent(workload.hostname()));
        }
        if (workload.readOnly()) {
            command.add("--read-only");
        }
        if (workload.pid1()) {
            command.add("--pid1");
        }
    }

    private static void option(List<String> command, String name, String value) {
        command.add(name);
        command.add(value);
    }
}
