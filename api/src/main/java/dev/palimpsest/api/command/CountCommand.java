package dev.palimpsest.api.command;

import dev.palimpsest.api.client.SpaceClient;
import dev.palimpsest.api.wire.CountedBody;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Counts and prints the groups.
@Command(
        name = "count",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = {
            "Count what passes the flags that leave something out, in groups: --within, --box,"
                    + " --from, --at, --during, --allen, --types, --at-least, --at-most, --causes-of,"
                    + " --effects-of, --between, --sources. Without any, everything is counted."
                    + " Words, --about, --around and --near leave nothing out and are refused."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  palimpsest count --space earthquakes --by type",
            "  palimpsest count --space earthquakes --by day --kinds entity --at-least magnitude=5",
            "  palimpsest count --space earthquakes --by cell --precision 4 --types Earthquake",
            "  palimpsest count --space earthquakes --by day --kinds entity --within 24,121,200km"
        })
final class CountCommand implements Callable<Integer> {

    private static final Posting.Kind<CountedBody> KIND =
            new Posting.Kind<>("count", "count", false, SpaceClient::count, CountCommand::print);

    @Option(
            names = {"-s", "--space"},
            required = true,
            paramLabel = "SPACE",
            description = "The space to count in.")
    String space = "";

    @Option(
            names = "--by",
            required = true,
            paramLabel = "GROUPING",
            description = "day, type, cell (geohash) or predicate.")
    String by = "";

    @Option(
            names = "--precision",
            paramLabel = "N",
            description = "How many characters a cell has, 1 to 8; usually 5.")
    @Nullable Integer precision;

    @Option(
            names = "--groups",
            paramLabel = "N",
            description = "The most groups, the largest first; usually 100.")
    @Nullable Integer groups;

    @Mixin QuestionFlags question = new QuestionFlags();

    @Mixin Posting posting = new Posting();

    @Override
    public Integer call() {
        var body = question.toJson().put("by", by);
        if (precision != null) {
            body.put("precision", precision);
        }
        if (groups != null) {
            body.put("groups", groups);
        }
        return posting.send(space, body, KIND);
    }

    private static void print(Terminal terminal, CountedBody counted) {
        for (var group : counted.groups()) {
            terminal.line(String.format(Locale.ROOT, "%,12d  %s", group.count(), group.key()));
        }
        if (counted.note() != null) {
            terminal.line(counted.note());
        }
        int shown = counted.groups().size();
        terminal.line(
                terminal.faint(
                        String.format(
                                Locale.ROOT,
                                "%,d counted in %,d group%s%s, %,d in none",
                                counted.total(),
                                shown,
                                shown == 1 ? "" : "s",
                                counted.truncated() ? " and more" : "",
                                counted.ungrouped())));
    }
}
