package profgen.tracer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import profgen.container.Starter;
import profgen.recording.RawText;

/**
 * Starts an engine's client by way of {@code profgen-tracer relay}: with the caller's signal mask, ignored signals and limit of open files, any
 * bytes in its arguments, out of the terminal's reach, and ended together with the relay.
 */
public record Relay(Path tracer, CallerState caller) implements Starter {
    @Override
    public List<String> commandLine(List<String> words) {
        List<String> command = new ArrayList<>(List.of(tracer.toString(), "relay"));
        command.addAll(caller.options());
        command.add("--");
        words.forEach(word -> command.add(RawText.percent(word)));
        return command;
    }
}
