package dev.palimpsest.datasets.earthquakes;

import dev.palimpsest.ingest.source.GeoJsonReader;
import dev.palimpsest.ingest.source.ItemReader.Piece;
import dev.palimpsest.ingest.source.Parsed;
import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteItem.Action;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The week as writes to an empty space, in the order in which it became known.
///
/// Every write has its own recorded time, in microseconds, and they rise strictly: first the
/// predicates and sources, just before the first record of the catalogue was known; then each event
/// when its revision was known; and right after the younger of its two ends each trigger link.
public final class EarthquakeItems {

    /// The space the week is meant for.
    public static final SpaceId SPACE = new SpaceId("earthquakes");

    private EarthquakeItems() {}

    /// All writes, to be made in this order.
    public static List<WriteItem> all() {
        List<WriteItem> events = events();
        var items = new ArrayList<>(registrations(recorded(events.getFirst())));
        Map<Instant, List<TriggerLink>> links = linksByKnown();
        for (WriteItem event : events) {
            Instant known = recorded(event);
            items.add(event);
            items.addAll(after(known, links.getOrDefault(known, List.of())));
        }
        return List.copyOf(items);
    }

    /// The predicates of the week, as they are registered.
    public static List<Predicate> predicates() {
        return Stream.concat(
                        EarthquakeCatalogue.mapping().predicates().stream(),
                        Stream.of(TriggerStatement.TRIGGERED))
                .toList();
    }

    private static List<WriteItem> events() {
        var events = new ArrayList<WriteItem>();
        try (var reader =
                new GeoJsonReader(EarthquakeCatalogue.open(), EarthquakeCatalogue.mapping())) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                events.add(item(next.get()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the catalogue of earthquakes", e);
        }
        events.sort(Comparator.comparing(EarthquakeItems::recorded));
        return events;
    }

    private static WriteItem item(Piece piece) {
        return switch (piece.parsed()) {
            case Parsed.Item(WriteItem item) -> item;
            case Parsed.Refused(var refusal) ->
                    throw new IllegalStateException(
                            "feature " + piece.number() + " of the catalogue: " + refusal);
        };
    }

    private static Map<Instant, List<TriggerLink>> linksByKnown() {
        return NearestNeighbourRule.links(EarthquakeCatalogue.events()).stream()
                .collect(Collectors.groupingBy(TriggerLink::known));
    }

    private static List<WriteItem> registrations(Instant first) {
        List<Action> actions =
                Stream.<Action>concat(
                                predicates().stream().map(Action.RegisterPredicate::new),
                                EarthquakeSources.ALL.stream().map(Action.DescribeSource::new))
                        .toList();
        return atEachMicrosecondAfter(first.minusSeconds(1), actions);
    }

    private static List<WriteItem> after(Instant known, List<TriggerLink> links) {
        return atEachMicrosecondAfter(
                known,
                links.stream()
                        .<Action>map(link -> new Action.AssertFact(TriggerStatement.of(link)))
                        .toList());
    }

    private static List<WriteItem> atEachMicrosecondAfter(Instant moment, List<Action> actions) {
        var items = new ArrayList<WriteItem>();
        for (Action action : actions) {
            Instant recorded = moment.plusNanos(1_000L * (items.size() + 1));
            items.add(new WriteItem(action, Optional.of(recorded)));
        }
        return items;
    }

    private static Instant recorded(WriteItem item) {
        return item.recorded()
                .orElseThrow(() -> new IllegalStateException("not recorded: " + item.action()));
    }
}
