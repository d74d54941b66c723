package profgen.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Takes a word for an option that may be repeated, also one that looks like an option of profgen's. */
final class AnyWord implements IParameterConsumer {
    @Override
    public void consumeParameters(Stack<String> words, ArgSpec option, CommandSpec command) {
        if (words.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(), "Missing required parameter for " + option.paramLabel());
        }
        List<String> all = new ArrayList<>(option.<List<String>>getValue());
        all.add(words.pop());
        option.setValue(all);
    }
}
