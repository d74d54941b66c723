package profgen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

class ProfgenTest {
    @Test
    void no_command_is_wrong_usage_in_one_line_with_a_hint() {
        Cli run = Cli.run();
        assertThat(run).isEqualTo(new Cli(2, "", "profgen: profgen: expected a command\nhint: see profgen --help\n"));
    }

    @Test
    void an_unknown_command_is_answered_with_the_nearest_name() {
        Cli run = Cli.run("completon");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("profgen: completon: unknown command\nhint: did you mean completion");
    }

    @Test
    void help_goes_to_standard_output_and_is_a_success() {
        Cli run = Cli.run("--help");
        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("Usage: profgen", "Examples:", "Exit status:", "--version");
    }

    @Test
    void the_version_is_one_line() {
        assertThat(Cli.run("--version").out()).matches("profgen \\S+\n");
    }

    @Test
    void completion_is_a_script_that_knows_the_commands() {
        assertThat(Cli.run("completion").out()).startsWith("#!").contains("completion");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("commands")
    void every_command_has_help_with_a_description_examples_and_exit_statuses(String name) {
        CommandLine command =
                Objects.requireNonNull(commandLine().getSubcommands().get(name));
        assertThat(command.getCommandName()).isEqualTo(name);
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        assertThat(usage.description()).as("description").isNotEmpty();
        assertThat(usage.exitCodeList()).as("exit statuses").isNotEmpty();
        assertThat(usage.footer()).as("examples").isNotEmpty();
        assertThat(Cli.run(name, "--help").status()).isZero();
        assertThat(Cli.run(name, "--help").out().lines()).allMatch(line -> line.length() <= 110);
    }

    static Stream<String> commands() {
        return commandLine().getSubcommands().keySet().stream();
    }

    private static CommandLine commandLine() {
        return Profgen.commandLine(
                Commands.ALL, new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));
    }
}
