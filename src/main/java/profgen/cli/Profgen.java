package profgen.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import profgen.HostException;

/** The command {@code profgen}: all subcommands, and what they have in common. */
@Command(
        name = "profgen",
        description = "Records the system calls of a workload in a container and writes the smallest Docker seccomp"
                + " profile that still runs it.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        sortOptions = false,
        usageHelpWidth = 110,
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%nParameters:%n",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done, or the answer is yes",
            "1:the answer is no",
            "2:wrong usage",
            "3:bad input: a file or a value cannot be used",
            "4:this machine cannot do it",
            "5:a recording is incomplete, or the answer undecided",
            "70:a defect of profgen",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  profgen record -- numactl --show   run it, write numactl.recording.json and numactl.seccomp.json",
            "  profgen COMMAND --help             all about one command",
        })
public final class Profgen implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Print a stack trace when a command fails.")
    private boolean debug;

    private Profgen() {}

    /** Runs one command line; the exit status. Flushes both streams, closes neither, never exits. */
    public static int run(List<String> args, PrintWriter out, PrintWriter err) {
        try {
            return commandLine(Commands.meantBy(args), out, err).execute(args.toArray(String[]::new));
        } catch (StackOverflowError e) {
            err.println("profgen: internal error: " + e);
            return ExitCode.BUG.status();
        } finally {
            out.flush();
            err.flush();
        }
    }

    /** @param commands the names of those that it knows */
    static CommandLine commandLine(List<String> commands, PrintWriter out, PrintWriter err) {
        CommandLine line = new CommandLine(new Profgen());
        for (String name : commands) {
            CommandLine command = new CommandLine(Commands.make(name));
            /* What follows a workload's name is the workload's. */
            command.setStopAtPositional(name.equals("record") || name.equals("exec"));
            line.addSubcommand(name, command);
        }
        return line.setOut(out)
                .setErr(err)
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpLongOptionsMaxWidth(34)
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setExecutionStrategy(Profgen::execute)
                .setParameterExceptionHandler((failure, args) -> fail(failure, failure.getCommandLine()))
                .setExecutionExceptionHandler((failure, command, result) -> fail(failure, command));
    }

    /** What is too large for the JVM's memory is no defect: more memory is the user's to give. */
    private static int execute(ParseResult parsed) {
        try {
            return new RunLast().execute(parsed);
        } catch (OutOfMemoryError e) {
            long megabytes = Runtime.getRuntime().maxMemory() >> 20;
            HostException tooLarge = new HostException(
                    "memory: " + megabytes + " MB are not enough for this",
                    "JAVA_TOOL_OPTIONS=-Xmx" + 2 * megabytes + "m gives profgen twice as much");
            CommandLine command =
                    parsed.asCommandLineList().get(parsed.asCommandLineList().size() - 1);
            throw new ExecutionException(command, "out of memory", tooLarge);
        }
    }

    static int fail(Exception failure, CommandLine command) {
        Complaint complaint = Complaint.about(failure);
        PrintWriter err = command.getErr();
        boolean passesStatusOn =
                command.getCommandSpec().exitCodeOnExecutionException() == ExitCode.RECORD_FAILED.status();
        if (command.getCommand() instanceof SaysErrorsInJson talk && talk.json()) {
            complaint.printJson(err);
        } else {
            complaint.print(err, passesStatusOn);
        }
        Profgen root = (Profgen) command.getCommandSpec().root().userObject();
        if (root.debug) {
            failure.printStackTrace(err);
            err.flush();
        }
        return passesStatusOn
                ? ExitCode.RECORD_FAILED.status()
                : complaint.kind().status();
    }

    /** No subcommand was given. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected a command");
    }
}
