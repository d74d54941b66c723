package profgen.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code profgen completion}: the script that completes commands and options in a shell. */
@Command(
        name = "completion",
        description = "Prints a completion script for bash and zsh.",
        exitCodeList = "0:done",
        footer = "  source <(profgen completion)   in this shell; put the line into ~/.bashrc to keep it")
final class CompletionCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine()
                .getOut()
                .print(AutoComplete.bash("profgen", spec.root().commandLine()));
    }
}
