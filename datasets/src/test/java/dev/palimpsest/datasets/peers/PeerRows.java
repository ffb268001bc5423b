package dev.palimpsest.datasets.peers;

import dev.palimpsest.model.EntityProfile;
import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.Memory;
import dev.palimpsest.model.Profile;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.ChangeFeed;
import dev.palimpsest.port.Embeddings;
import dev.palimpsest.port.Row;
import dev.palimpsest.question.Kind;
import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Recorded;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Everything a space holds, closed versions too, as rows for peers.
final class PeerRows {

    private static final int BATCH = 1_000;
    private static final String CAUSAL = "ledTo";

    private final SpaceId space;
    private final Embeddings embeddings;
    private final String model;

    PeerRows(SpaceId space, Embeddings embeddings, String model) {
        this.space = space;
        this.embeddings = embeddings;
        this.model = model;
    }

    /// Hands over all of them, batch by batch.
    void scan(ChangeFeed feed, Consumer<List<PeerRow>> sink) {
        feed.scan(
                BATCH,
                rows -> {
                    var wanted = rows.stream().filter(row -> row.space().equals(space)).toList();
                    var batch = batch(wanted);
                    if (!batch.isEmpty()) {
                        sink.accept(batch);
                    }
                });
    }

    private List<PeerRow> batch(List<Row> rows) {
        var texts = rows.stream().flatMap(row -> meaning(row).stream()).distinct().toList();
        Map<String, byte[]> known = texts.isEmpty() ? Map.of() : embeddings.find(model, texts);
        List<PeerRow> batch = new ArrayList<>();
        for (var row : rows) {
            var meaning =
                    meaning(row)
                            .flatMap(text -> Optional.ofNullable(known.get(text)))
                            .map(Direction::new);
            of(row, meaning).ifPresent(batch::add);
        }
        return batch;
    }

    private static Optional<String> meaning(Row row) {
        return switch (row) {
            case Row.OfFact fact -> fact.version().qualifiers().statement();
            case Row.OfProfile profile -> Optional.of(profile.profile().text());
            case Row.OfMemory memory -> Optional.of(memory.memory().textWithContext());
            case Row.OfEntity _, Row.OfPredicate _ -> Optional.empty();
        };
    }

    private static Optional<PeerRow> of(Row row, Optional<Direction> meaning) {
        return switch (row) {
            case Row.OfFact fact -> Optional.of(fact(fact, meaning));
            case Row.OfProfile(var _, EntityProfile profile, long node) ->
                    Optional.of(profile(profile, node, meaning));
            case Row.OfMemory memory -> Optional.of(memory(memory, meaning));
            case Row.OfEntity _, Row.OfPredicate _ -> Optional.empty();
        };
    }

    private static PeerRow fact(Row.OfFact row, Optional<Direction> meaning) {
        FactVersion version = row.version();
        boolean isCard = Profile.isPart(version.predicate());
        boolean isProse = version.predicate().equals(Profile.DESCRIPTION);
        String said = version.object() instanceof Value.Text(String words) ? words : "";
        String sentence = version.qualifiers().statement().orElse("");
        return new PeerRow(
                version.id().value(),
                version.fact().toString(),
                Kind.FACT,
                row.subjectNode(),
                row.objectNode(),
                List.of(),
                version.object() instanceof Value.Geo(GeoPoint point)
                        ? Optional.of(point)
                        : Optional.empty(),
                version.predicate().value().equals(CAUSAL)
                        ? OptionalDouble.of(version.qualifiers().strength().orElse(1))
                        : OptionalDouble.empty(),
                version.valid().fromMicros(),
                version.valid().untilMicros(),
                version.recorded().fromMicros(),
                version.recorded().untilMicros(),
                isProse ? said : sentence,
                isCard
                        ? (isProse ? "" : said)
                        : version.subject() + " " + version.object().canonical(),
                meaning);
    }

    private static PeerRow profile(EntityProfile profile, long node, Optional<Direction> meaning) {
        Interval exists = profile.exists().orElse(Interval.ALWAYS);
        var names =
                Stream.concat(
                        Stream.of(profile.entity().value()),
                        Stream.concat(profile.name().stream(), profile.aliases().stream()));
        return row(
                profile.id().value(),
                profile.entity().value(),
                Kind.ENTITY,
                node,
                List.of(),
                Optional.empty(),
                exists,
                profile.recorded(),
                profile.text(),
                names.collect(Collectors.joining(" ")),
                meaning);
    }

    private static PeerRow memory(Row.OfMemory row, Optional<Direction> meaning) {
        Memory memory = row.memory();
        return row(
                row.id().value(),
                memory.id().value(),
                Kind.MEMORY,
                row.node(),
                row.mentions(),
                memory.place(),
                memory.when().orElse(Interval.ALWAYS),
                row.recorded(),
                memory.textWithContext(),
                memory.mentions().stream()
                        .map(mentioned -> mentioned.value())
                        .collect(Collectors.joining(" ")),
                meaning);
    }

    private static PeerRow row(
            UUID id,
            String name,
            Kind kind,
            long subject,
            List<Long> mentions,
            Optional<GeoPoint> point,
            Interval valid,
            Recorded recorded,
            String text,
            String names,
            Optional<Direction> meaning) {
        return new PeerRow(
                id,
                name,
                kind,
                subject,
                OptionalLong.empty(),
                mentions,
                point,
                OptionalDouble.empty(),
                valid.fromMicros(),
                valid.untilMicros(),
                recorded.fromMicros(),
                recorded.untilMicros(),
                text,
                names,
                meaning);
    }
}
