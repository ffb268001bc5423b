package dev.palimpsest.api.command;

import dev.palimpsest.api.Failure;
import dev.palimpsest.api.Session;
import dev.palimpsest.api.Settings;
import dev.palimpsest.api.client.Client;
import dev.palimpsest.api.wire.ProjectionBody;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Makes projections anew.
@Command(
        name = "rebuild",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = {
            "Throw away the graph, the text, the vectors, the adjacency, the recall of memories or"
                    + " the meanings of their words, and make it again from the ledger.",
            "",
            "Nothing is lost: the ledger is the truth. A server keeps answering meanwhile, but for"
                    + " what needs what is being built."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  palimpsest rebuild graph", "  palimpsest rebuild all"})
final class RebuildCommand implements Callable<Integer> {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    @Parameters(
            arity = "1..*",
            paramLabel = "NAME",
            description = "graph, text, vectors, adjacency, recall, words; or all.")
    List<String> names = List.of();

    @Mixin Settings.Flags store = new Settings.Flags();

    @Override
    public Integer call() throws InterruptedException {
        var terminal = Terminal.standard();
        try (var session = Session.open(store.settings(), "rebuild")) {
            for (var name : chosen(session.client().projections())) {
                var took = rebuild(session.client(), name);
                terminal.line(String.format("%-10s made anew in %s", name, Wording.duration(took)));
            }
        }
        return 0;
    }

    private List<String> chosen(List<ProjectionBody> projections) {
        var known = projections.stream().map(ProjectionBody::name).toList();
        var chosen = new LinkedHashSet<String>();
        for (var name : names) {
            if (name.equals("all")) {
                chosen.addAll(known);
            } else if (known.contains(name)) {
                chosen.add(name);
            } else {
                throw Failure.usage(
                        "there is no projection '"
                                + name
                                + "'; there are "
                                + String.join(", ", known)
                                + ", and all");
            }
        }
        return new ArrayList<>(chosen);
    }

    private static Duration rebuild(Client client, String name) throws InterruptedException {
        long begin = System.nanoTime();
        client.rebuild(name);
        while (!isFollowing(client, name)) {
            Thread.sleep(BETWEEN_LOOKS);
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private static boolean isFollowing(Client client, String name) {
        return client.projections().stream()
                .filter(projection -> projection.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("the server has no projection " + name))
                .following();
    }
}
