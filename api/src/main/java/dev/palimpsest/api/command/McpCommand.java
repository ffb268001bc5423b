package dev.palimpsest.api.command;

import dev.palimpsest.api.Session;
import dev.palimpsest.api.Settings;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

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
                    + " speak HTTP find the same tools at /mcp of any server."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  palimpsest mcp",
            "  claude mcp add palimpsest -- /opt/palimpsest/palimpsest mcp",
        })
final class McpCommand implements Callable<Integer> {

    @Mixin Settings.Flags store = new Settings.Flags();

    @Override
    public Integer call() throws IOException {
        var out =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        System.setOut(System.err); // nothing but messages goes to the agent
        try (var session = Session.openOrMake(store.settings(), "mcp")) {
            new McpRelay(session.client(), out).run(System.in);
        }
        return 0;
    }
}
