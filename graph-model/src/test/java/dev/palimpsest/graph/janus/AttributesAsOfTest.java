package dev.palimpsest.graph.janus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.graph.janus.GraphView.ValidTime;
import dev.palimpsest.graph.janus.GremlinReader.Limits;
import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Row;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Interval.End;
import dev.palimpsest.time.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.DoublePredicate;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What Gremlin sees of attribute values and links, at random times of both clocks, is what looking
/// at every version gives.
class AttributesAsOfTest {

    private static final int QUESTIONS = Integer.getInteger("palimpsest.questions", 500) / 5;
    private static final int WRITES = 150;
    private static final int ENTITIES = 8;
    private static final int DAYS = 30;

    private final RowImages rows = new RowImages();
    private final List<Row.OfFact> facts = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void anAttributeIsWhatItWasKnownToBeThen(long seed) {
        var random = new SplittableRandom(seed);
        try (var store = JanusGraphStore.inMemory()) {
            write(store, random);
            var reader = new GremlinReader(store, rows, Limits.USUAL);
            int found = 0;
            int texts = 0;
            for (int i = 0; i < QUESTIONS; i++) {
                var view =
                        new GraphView(
                                RowImages.SPACE,
                                new Position(random.nextLong(rows.head().number() + 1)),
                                validTime(random));
                int bound = random.nextInt(10);
                for (var asked : asked(bound, random.nextInt(ENTITIES), view)) {
                    var answer =
                            reader.ask(view, asked.text).values().stream()
                                    .map(Objects::toString)
                                    .toList();
                    assertThat(answer)
                            .as("seed %d, %d: %s at %s", seed, i, asked.text, view)
                            .containsExactlyInAnyOrderElementsOf(asked.expected);
                    found += answer.size();
                    texts++;
                }
            }
            System.out.printf("seed %d: %d traversals, %d results%n", seed, texts, found);
            assertThat(found).isGreaterThan(QUESTIONS);
        }
    }

    private record Asked(String text, List<String> expected) {}

    private List<Asked> asked(int bound, int entity, GraphView view) {
        var known = entities(view);
        var start = "g.V('e" + entity + "')";
        return List.of(
                new Asked(
                        "g.V().has('magnitude', gt(" + bound + ")).id()",
                        known.filter(one -> has(view, one, value -> value > bound))),
                new Asked(
                        "g.V().has('magnitude', lt(" + bound + ")).id()",
                        known.filter(one -> has(view, one, value -> value < bound))),
                new Asked(
                        "g.V().not(__.has('magnitude', eq(" + bound + "))).id()",
                        known.filter(one -> !has(view, one, value -> value == bound))),
                new Asked(
                        start + ".values('magnitude')",
                        seen(view, "e" + entity, "magnitude")
                                .map(fact -> fact.object().canonical())
                                .toList()),
                new Asked(
                        start + ".out('near').has('magnitude', gt(" + bound + ")).id()",
                        near(view, "e" + entity)
                                .filter(other -> has(view, other, value -> value > bound))
                                .toList()));
    }

    private record Names(List<String> names) {
        List<String> filter(java.util.function.Predicate<String> which) {
            return names.stream().filter(which).toList();
        }
    }

    /// All are met at position 1.
    private static Names entities(GraphView view) {
        return new Names(
                view.at().number() == 0
                        ? List.of()
                        : Stream.iterate(0, number -> number < ENTITIES, number -> number + 1)
                                .map(number -> "e" + number)
                                .toList());
    }

    private boolean has(GraphView view, String entity, DoublePredicate which) {
        return magnitudes(view, entity).anyMatch(which::test);
    }

    private Stream<Double> magnitudes(GraphView view, String entity) {
        return seen(view, entity, "magnitude")
                .map(fact -> ((Value.Numeric) fact.object()).number().doubleValue());
    }

    private Stream<String> near(GraphView view, String entity) {
        return seen(view, entity, "near").map(fact -> ((Value.Entity) fact.object()).id().value());
    }

    private Stream<FactVersion> seen(GraphView view, String entity, String predicate) {
        return facts.stream()
                .map(Row.OfFact::version)
                .filter(fact -> fact.subject().value().equals(entity))
                .filter(fact -> fact.predicate().value().equals(predicate))
                .filter(fact -> fact.recorded().visibleAt(view.at()))
                .filter(fact -> holds(view.valid(), fact.valid()));
    }

    private static boolean holds(ValidTime time, Interval valid) {
        return switch (time) {
            case ValidTime.Any _ -> true;
            case ValidTime.At(Instant moment) -> valid.holdsAt(moment);
            case ValidTime.Now(Instant moment) ->
                    valid.holdsAt(moment) || valid.sureUntilMicros() == valid.fromMicros() + 1;
        };
    }

    private void write(JanusGraphStore store, SplittableRandom random) {
        rows.next();
        List<Row> first = new ArrayList<>();
        for (int number = 0; number < ENTITIES; number++) {
            first.add(rows.entity("e" + number));
            first.add(rows.type("e" + number, "Quake"));
        }
        store.projection().apply(first, rows.checkpoint());
        for (int i = 0; i < WRITES; i++) {
            rows.next();
            var row = random.nextInt(4) == 0 && i > 10 ? closed(random) : said(random);
            store.projection().apply(row.stream().toList(), rows.checkpoint());
        }
    }

    private Optional<Row> closed(SplittableRandom random) {
        int number = random.nextInt(facts.size());
        if (!facts.get(number).version().recorded().isCurrent()) {
            return Optional.empty();
        }
        facts.set(number, rows.closed(facts.get(number)));
        return Optional.of(facts.get(number));
    }

    private Optional<Row> said(SplittableRandom random) {
        boolean link = random.nextInt(3) == 0;
        var object =
                link
                        ? new Value.Entity(new EntityId("e" + random.nextInt(ENTITIES)))
                        : Value.Numeric.of(random.nextInt(10));
        var fact =
                rows.fact(
                        RowImages.SPACE,
                        "e" + random.nextInt(ENTITIES),
                        link ? "near" : "magnitude",
                        object,
                        interval(random));
        facts.add(fact);
        return Optional.of(fact);
    }

    private static ValidTime validTime(SplittableRandom random) {
        var moment = day(random.nextInt(-2, 2 * DAYS + 2));
        return switch (random.nextInt(5)) {
            case 0 -> new ValidTime.Any();
            case 1 -> new ValidTime.Now(moment);
            default -> new ValidTime.At(moment);
        };
    }

    private static Interval interval(SplittableRandom random) {
        var from = day(random.nextInt(DAYS));
        var until = from.plusSeconds(86_400L * (1 + random.nextInt(DAYS)));
        return switch (random.nextInt(5)) {
            case 0 -> Interval.since(from);
            case 1 -> Interval.at(from);
            case 2 ->
                    new Interval(
                            from,
                            new End.Unknown(
                                    random.nextBoolean() ? Optional.of(until) : Optional.empty()));
            default -> Interval.between(from, until);
        };
    }

    private static Instant day(int day) {
        return Instant.parse("2018-01-01T00:00:00Z").plusSeconds(86_400L * day);
    }
}
