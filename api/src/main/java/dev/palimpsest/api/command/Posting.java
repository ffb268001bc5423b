package dev.palimpsest.api.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.api.Session;
import dev.palimpsest.api.Settings;
import dev.palimpsest.api.client.SpaceClient;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The flags of commands that send one question to a space, and how they send it.
final class Posting {

    @Option(names = "--show", description = "Print the JSON that is sent, too.")
    boolean show;

    @Option(names = "--json", description = "Print all of the answer as JSON.")
    boolean json;

    @Mixin Settings.Flags store = new Settings.Flags();

    /// A kind of question, and of answer.
    ///
    /// @param command its name, for whoever finds the folder in use
    /// @param to the last part of the path
    /// @param caughtUp whether a store that this command opens itself catches up before
    /// @param ask sends it
    /// @param text prints the answer as a text
    record Kind<T>(
            String command,
            String to,
            boolean caughtUp,
            BiFunction<SpaceClient, ObjectNode, T> ask,
            BiConsumer<Terminal, T> text) {}

    /// Sends it and prints the answer.
    <T> int send(String space, ObjectNode body, Kind<T> kind) {
        var terminal = Terminal.standard();
        var path = SpaceClient.pathOf(space) + "/" + kind.to();
        if (show) {
            terminal.line("POST " + path);
            terminal.line(body.toPrettyString());
        }
        try (var session = Session.open(store.settings(), kind.command())) {
            var client = session.client();
            if (kind.caughtUp() && session.isOwn()) {
                CatchingUp.await(client);
            }
            if (json) {
                terminal.line(client.http().post(path, body).toPrettyString());
            } else {
                kind.text().accept(terminal, kind.ask().apply(client.space(space), body));
            }
        }
        return 0;
    }
}
