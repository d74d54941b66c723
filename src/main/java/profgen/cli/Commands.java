package profgen.cli;

import java.util.List;

/** All commands by name. picocli looks through the classes of those that it is given, which takes longer than most of them work. */
final class Commands {
    /** In the order of the help. */
    static final List<String> ALL = List.of(
            "record",
            "exec",
            "show",
            "generate",
            "merge",
            "recover",
            "import",
            "resolve",
            "decide",
            "check",
            "verify",
            "diff",
            "lint",
            "render",
            "inspect",
            "caps",
            "doctor",
            "completion");

    private Commands() {}

    /** What a command line needs: the one command that it names; none for the version, or if there is no word; all for help, completion and the nearest to a misspelt name. */
    static List<String> meantBy(List<String> args) {
        String first =
                args.stream().filter(arg -> !arg.equals("--debug")).findFirst().orElse("");
        if (args.isEmpty() || first.equals("--version") || first.equals("-V")) {
            return List.of();
        }
        return ALL.contains(first) && !first.equals("completion") ? List.of(first) : ALL;
    }

    static Object make(String name) {
        return switch (name) {
            case "record" -> new RecordCommand();
            case "exec" -> new ExecCommand();
            case "show" -> new ShowCommand();
            case "generate" -> new GenerateCommand();
            case "merge" -> new MergeCommand();
            case "recover" -> new RecoverCommand();
            case "import" -> new ImportCommand();
            case "resolve" -> new ResolveCommand();
            case "decide" -> new DecideCommand();
            case "check" -> new CheckCommand();
            case "verify" -> new VerifyCommand();
            case "diff" -> new DiffCommand();
            case "lint" -> new LintCommand();
            case "render" -> new RenderCommand();
            case "inspect" -> new InspectCommand();
            case "caps" -> new CapsCommand();
            case "doctor" -> new DoctorCommand();
            case "completion" -> new CompletionCommand();
            default -> throw new IllegalArgumentException(name);
        };
    }
}
