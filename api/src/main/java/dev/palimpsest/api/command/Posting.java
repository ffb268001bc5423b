package dev.palimpsest.api.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.api.Session;
import dev.palimpsest.api.Settings;
import dev.palimpsest.api.client.Client;
import java.util.function.BiConsumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The flags of commands that send one question to a space, and how they send it.
final class Posting {

    @Option(names = "--show", description = "Print the JSON that is sent, too.")
    boolean show;

    @Option(names = "--json", description = "Print all of the answer as JSON.")
    boolean json;

    @Mixin Settings.Flags store = new Settings.Flags();

    /// Sends it and prints the answer.
    ///
    /// @param to the last part of the path
    /// @param command its name, for whoever finds the folder in use
    /// @param caughtUp whether a store that this command opens itself catches up before
    /// @param text prints the answer as a text
    int send(
            String space,
            String to,
            String command,
            JsonNode body,
            boolean caughtUp,
            BiConsumer<Terminal, JsonNode> text) {
        var terminal = Terminal.standard();
        var path = "/v1/spaces/" + Client.segment(space) + "/" + to;
        if (show) {
            terminal.line("POST " + path);
            terminal.line(body.toPrettyString());
        }
        try (var session = Session.open(store.settings(), command)) {
            if (caughtUp && session.isOwn()) {
                CatchingUp.await(session.client());
            }
            var answer = session.client().post(path, body);
            if (json) {
                terminal.line(answer.toPrettyString());
            } else {
                text.accept(terminal, answer);
            }
        }
        return 0;
    }
}
