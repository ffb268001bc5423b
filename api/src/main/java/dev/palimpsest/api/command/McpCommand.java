package dev.palimpsest.api.command;

import dev.palimpsest.api.Failure;
import dev.palimpsest.api.Session;
import dev.palimpsest.api.Settings;
import dev.palimpsest.api.client.Client;
import dev.palimpsest.api.mcp.McpDoor;
import dev.palimpsest.api.mcp.memory.MemoryServer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Serves an agent that speaks the Model Context Protocol on standard input and output.
@Command(
        name = "mcp",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = {
            "Serve an agent that speaks the Model Context Protocol on standard input and output.",
            "",
            "Talks to the server that lives on the data folder; where none does, it opens the"
                    + " folder itself, and further agents and commands talk to it. Agents that"
                    + " speak HTTP find the same tools at /mcp of any server.",
            "",
            "With --profile memory it is the MCP memory server: the same nine tools, over facts"
                    + " whose history stays. Over HTTP they are at /mcp/memory?space=SPACE. Take in"
                    + " its file with: palimpsest ingest memory.jsonl --format memory-server --space"
                    + " memory --create"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  palimpsest mcp",
            "  palimpsest mcp --profile memory --space team",
            "  claude mcp add palimpsest -- /opt/palimpsest/palimpsest mcp",
        })
final class McpCommand implements Callable<Integer> {

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            description = "all (if not given) or memory: the nine tools of the MCP memory server.")
    String profile = "all";

    @Option(
            names = {"-s", "--space"},
            paramLabel = "SPACE",
            description =
                    "With --profile memory: the space, made when first written to; memory if not"
                            + " given. The other tools take it as an argument.")
    @Nullable String space;

    @Mixin Settings.Flags store = new Settings.Flags();

    @Override
    public Integer call() throws IOException {
        var endpoint = endpoint();
        var out =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        System.setOut(System.err); // nothing but messages goes to the agent
        try (var session = Session.openOrMake(store.settings(), "mcp")) {
            new McpRelay(session.client(), endpoint, out).run(System.in);
        }
        return 0;
    }

    private String endpoint() {
        return switch (profile) {
            case "all" -> {
                if (space != null) {
                    throw Failure.usage("--space goes with --profile memory");
                }
                yield McpDoor.PATH;
            }
            case "memory" ->
                    MemoryServer.PATH
                            + Optional.ofNullable(space)
                                    .map(Client::segment)
                                    .map(name -> "?" + MemoryServer.SPACE + "=" + name)
                                    .orElse("");
            default -> throw Failure.usage("--profile must be all or memory: " + profile);
        };
    }
}
