package profgen.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import profgen.BadInputException;
import profgen.HostException;
import profgen.RecordingException;
import profgen.profile.Printable;

/**
 * Why a command failed, in words for a person.
 *
 * @param kind whose move it is
 * @param message {@code <object>: <problem>}, one line
 * @param hint what the user can do, one line, or null
 */
record Complaint(ExitCode kind, String message, @Nullable String hint) {
    static Complaint about(Exception failure) {
        if (failure instanceof BadInputException bad) {
            return new Complaint(ExitCode.BAD_INPUT, oneLine(bad.getMessage()), bad.hint());
        } else if (failure instanceof HostException host) {
            return new Complaint(ExitCode.HOST, oneLine(host.getMessage()), host.hint());
        } else if (failure instanceof RecordingException gap) {
            return new Complaint(ExitCode.INCOMPLETE, oneLine(gap.getMessage()), gap.hint());
        } else if (failure instanceof ParameterException usage) {
            return ofUsage(usage);
        }
        return new Complaint(
                ExitCode.BUG,
                "internal error: " + oneLine(failure.toString()),
                "this is a defect of profgen; --debug prints where it happened");
    }

    private static Complaint ofUsage(ParameterException usage) {
        CommandLine line = usage.getCommandLine();
        String hint = "see " + line.getCommandSpec().qualifiedName(" ") + " --help";
        if (usage instanceof UnmatchedArgumentException unmatched) {
            String argument = unmatched.getUnmatched().get(0);
            List<String> near = unmatched.getSuggestions();
            return new Complaint(
                    ExitCode.USAGE,
                    argument + ": " + unknown(argument, line),
                    near.isEmpty() ? hint : "did you mean " + String.join(" or ", near) + "?");
        }
        return new Complaint(
                ExitCode.USAGE, line.getCommandName() + ": " + lowerCased(oneLine(usage.getMessage())), hint);
    }

    private static String unknown(String argument, CommandLine line) {
        if (argument.startsWith("-")) {
            return "unknown option";
        }
        return line.getSubcommands().isEmpty() ? "one argument too many" : "unknown command";
    }

    private static String lowerCased(String message) {
        return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    }

    private static String oneLine(@Nullable String text) {
        return text == null ? "no message" : Printable.of(text.strip().replaceAll("\\s*\\R\\s*", " "));
    }

    /** What a status that also says something else (125) does not tell. */
    String kindInWords() {
        return switch (kind) {
            case USAGE -> "usage";
            case BAD_INPUT -> "bad input";
            case HOST -> "this machine cannot";
            case INCOMPLETE -> "incomplete";
            default -> "bug";
        };
    }

    /** One object: {@code {"error":{"class":...,"message":...,"hint":...}}}. */
    void printJson(PrintWriter err) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.putObject("error")
                .put("class", kindInWords())
                .put("message", message)
                .put("hint", hint);
        err.println(root);
        err.flush();
    }

    void print(PrintWriter err, boolean withKind) {
        err.println("profgen: " + message + (withKind ? " [" + kindInWords() + "]" : ""));
        if (hint != null) {
            err.println("hint: " + hint);
        }
        err.flush();
    }
}
