package dev.palimpsest.api.command;

import dev.palimpsest.api.Failure;
import dev.palimpsest.api.client.ProblemException;
import dev.palimpsest.port.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// All commands, by name; those of other rooms too.
@Command(
        name = "palimpsest",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "A knowledge store and memory that answers what, where, when and why, says who told it,"
                    + " and still knows what it believed before.",
            ""
        },
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:what was asked failed, or a part of it, such as rejected lines",
            "2:it could not be tried: wrong usage, no store, folder in use, port taken, no JDK 25"
        },
        footerHeading = "%nStart here:%n",
        footer = {
            "  palimpsest demo                        a week of real earthquakes, asked seven ways",
            "  palimpsest serve                       the store, on http://127.0.0.1:7400",
            "  palimpsest ingest facts.ndjson --space notes --create",
            "  palimpsest ask \"strong quake near the coast\" --space earthquakes",
            "  palimpsest help ask                    every command has help"
        })
public final class Commands {

    private Commands() {}

    /// Runs what the arguments ask for.
    ///
    /// @return the exit code
    public static int run(String... arguments) {
        var line = new CommandLine(new Commands());
        for (var added : ServiceLoader.load(AddedCommand.class)) {
            line.addSubcommand(added);
        }
        line.addSubcommand(new ServeCommand())
                .addSubcommand(new IngestCommand())
                .addSubcommand(new AskCommand())
                .addSubcommand(new CountCommand())
                .addSubcommand(new ContextCommand())
                .addSubcommand(new GremlinCommand())
                .addSubcommand(new McpCommand())
                .addSubcommand(new ForgetCommand())
                .addSubcommand(new VerifyCommand())
                .addSubcommand(new RebuildCommand())
                .addSubcommand(new ExportCommand())
                .addSubcommand(new ImportSpaceCommand())
                .addSubcommand(new BackupCommand())
                .addSubcommand(new KeysCommand())
                .addSubcommand(new AuditCommand())
                .addSubcommand(new RestoreCommand())
                .addSubcommand(new VersionCommand())
                .addSubcommand(new CommandLine.HelpCommand());
        knowVersion(line);
        line.setExecutionExceptionHandler(Commands::explain);
        line.setParameterExceptionHandler(Commands::refuse);
        line.setUsageHelpAutoWidth(true);
        return arguments.length == 0 ? usage(line) : line.execute(arguments);
    }

    private static int usage(CommandLine line) {
        line.usage(System.err, Ansi.AUTO);
        return Failure.UNTRIED;
    }

    private static void knowVersion(CommandLine line) {
        line.getCommandSpec().versionProvider(() -> VersionCommand.lines().toArray(String[]::new));
        line.getSubcommands().values().forEach(Commands::knowVersion);
    }

    /// One line says what is wrong with what was typed, a second where help is.
    private static int refuse(ParameterException wrong, String[] arguments) {
        var why =
                Optional.of(wrong)
                        .filter(MissingParameterException.class::isInstance)
                        .flatMap(_ -> misspelt(wrong.getCommandLine(), arguments))
                        .or(() -> String.valueOf(wrong.getMessage()).lines().findFirst())
                        .orElse("");
        say(why, Failure.UNTRIED);
        return hint(wrong.getCommandLine());
    }

    /// A flag that the command does not have: it would be told as the one that is missing.
    private static Optional<String> misspelt(CommandLine line, String[] arguments) {
        var known = line.getCommandSpec().optionsMap().keySet();
        return Stream.of(arguments)
                .takeWhile(argument -> !argument.equals("--"))
                .filter(argument -> argument.matches("--[a-z].*"))
                .map(argument -> argument.replaceFirst("=.*", ""))
                .filter(flag -> !known.contains(flag))
                .findFirst()
                .map(flag -> {
                    var meant = new UnmatchedArgumentException(line, List.of(flag));
                    var near = meant.getSuggestions().stream().filter(known::contains).toList();
                    return "Unknown option: '"
                            + flag
                            + "'"
                            + (near.isEmpty() ? "" : "; did you mean " + near.getFirst() + "?");
                });
    }

    private static int hint(CommandLine line) {
        System.err.println("Help: " + line.getCommandSpec().qualifiedName() + " --help");
        return Failure.UNTRIED;
    }

    private static int explain(Exception thrown, CommandLine line, ParseResult parsed) {
        return switch (thrown) {
            case Failure failure -> {
                int code = say(failure.line(), failure.exitCode());
                yield failure.isUsage() ? hint(line) : code;
            }
            case ProblemException problem -> {
                int code = say(problem.getMessage(), Failure.ASKED);
                yield problem.isAboutWhatWasAsked() ? hint(line) : code;
            }
            case StoreException failure -> say(failure.getMessage(), Failure.ASKED);
            default -> {
                thrown.printStackTrace();
                yield say("this should not happen; please report it", Failure.ASKED);
            }
        };
    }

    private static int say(@Nullable String line, int exitCode) {
        System.err.println("palimpsest: " + line);
        return exitCode;
    }
}
