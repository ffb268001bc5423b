package dev.palimpsest.datasets.made;

import dev.palimpsest.datasets.made.MadeWorld.Sort;
import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.EntityType;
import dev.palimpsest.model.FactId;
import dev.palimpsest.model.Memory;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.ObjectKind;
import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Profile;
import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.Qualifiers.Delay;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Statement;
import dev.palimpsest.port.Statement.Replaces;
import dev.palimpsest.port.WriteItem.Action;
import dev.palimpsest.port.WriteItem.Retraction;
import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Moments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.StringJoiner;

/// The documents of a made world as writes.
final class MadeItems {

    static final SpaceId SPACE = new SpaceId("made");

    static final Predicate LED_TO =
            new Predicate(
                    new PredicateName("ledTo"),
                    false,
                    true,
                    false,
                    Optional.empty(),
                    Optional.of(ObjectKind.ENTITY));

    private static final String[] TYPES = {
        "Event", "Person", "Organization", "Place", "Product", "CreativeWork", "Vehicle", "Book",
        "Movie", "Airline", "School", "Hospital", "Bridge", "Festival", "SportsTeam", "Museum",
        "Restaurant", "Report", "Project", "Service"
    };
    private static final String[] PREDICATES = {
        "partOf",
        "knows",
        "owns",
        "visited",
        "worksFor",
        "supplies",
        "supports",
        "hosts",
        "follows",
        "repairs",
        "reportsTo",
        "sponsors"
    };
    private static final int AGENTS = 20;
    private static final int SPEAKERS = 500;
    private static final int SOURCES = 50;
    private static final int TURNS_OF_A_SESSION = 20;
    private static final int WORDS_OF_A_NAME = 3;

    private final MadeWorld world;
    private final List<String> texts;
    private final Zipf typeOf = new Zipf(TYPES.length);

    MadeItems(MadeWorld world, List<String> texts) {
        this.world = world;
        this.texts = texts;
    }

    /// A document as writes, with the text that will be embedded.
    record Written(List<Action> actions, String embedded) {}

    static EntityId entity(int number) {
        return new EntityId("e" + number);
    }

    Written of(int document) {
        return switch (world.sort(document)) {
            case ENTITY -> entityOf(document, document);
            case MEMORY -> memoryOf(document);
            case FACT, CAUSAL_FACT -> factOf(document);
        };
    }

    /// An entity once more, described by the texts of another document.
    Written redescribed(int entity, int document) {
        return entityOf(entity, document);
    }

    /// A fact once more, in the words of another document.
    Written corrected(int fact, int document) {
        var sentence = text(document);
        return new Written(
                List.of(
                        new Action.CorrectFact(
                                retraction(fact, "it was put badly"),
                                statement(fact, 0, sentence))),
                sentence);
    }

    Action retracted(int fact) {
        return new Action.RetractFact(retraction(fact, "it was wrong"));
    }

    private Retraction retraction(int fact, String reason) {
        var object = new Value.Entity(entity(world.about(fact, 1)));
        var id = FactId.of(SPACE, entity(world.about(fact, 0)), predicate(fact), object);
        return new Retraction(id, Optional.empty(), Optional.empty(), reason);
    }

    private Written entityOf(int number, int told) {
        var entity = entity(number);
        var random = new SplittableRandom(number);
        var type = new EntityType(TYPES[typeOf.next(random)]);
        String name = name(texts.get(world.text(number, 0)), number);
        String description = text(told);
        var source = source(number);
        var statements = new ArrayList<Statement>();
        statements.add(about(entity, Profile.TYPE, new Value.Text(type.value()), source));
        statements.add(about(entity, Profile.NAME, new Value.Text(name), source));
        statements.add(about(entity, Profile.DESCRIPTION, new Value.Text(description), source));
        var point = new GeoPoint(world.latitude(number), world.longitude(number));
        statements.add(about(entity, Profile.PLACE, new Value.Geo(point), source));
        statements.add(
                new Statement(
                        entity,
                        Profile.EXISTS,
                        new Value.Flag(true),
                        interval(number),
                        source,
                        Qualifiers.NONE,
                        Optional.empty(),
                        Replaces.OVERLAP));
        return new Written(
                List.of(new Action.DescribeEntity(entity, statements)),
                name + " (" + type + "). " + description);
    }

    private static Statement about(
            EntityId entity, PredicateName predicate, Value object, SourceId source) {
        return new Statement(
                entity,
                predicate,
                object,
                Interval.ALWAYS,
                source,
                Qualifiers.NONE,
                Optional.empty(),
                Replaces.OVERLAP);
    }

    private Written memoryOf(int document) {
        var mentions = new ArrayList<EntityId>();
        for (int i = 0; i < MadeWorld.MOST_MENTIONS; i++) {
            if (world.about(document, i) != MadeWorld.NONE) {
                mentions.add(entity(world.about(document, i)));
            }
        }
        int session = document / TURNS_OF_A_SESSION;
        String agent = "agent-" + session % AGENTS;
        var memory =
                new Memory(
                        new MemoryId("m" + document),
                        text(document),
                        Optional.of(Moments.fromMicros(world.from(document))),
                        Optional.of(agent),
                        Optional.of("session-" + session),
                        Optional.of("Speaker " + (session * 31L + document % 2) % SPEAKERS),
                        Optional.of(
                                new GeoPoint(world.latitude(document), world.longitude(document))),
                        mentions,
                        new SourceId(agent),
                        "{}");
        return new Written(List.of(new Action.KeepMemory(memory)), memory.textWithContext());
    }

    private Written factOf(int document) {
        String sentence = text(document);
        return new Written(
                List.of(
                        new Action.AssertFact(statement(document, 0, sentence)),
                        new Action.AssertFact(statement(document, 1, sentence))),
                sentence);
    }

    /// @param which of its two sources says it
    private Statement statement(int fact, int which, String sentence) {
        boolean causal = world.sort(fact) == Sort.CAUSAL_FACT;
        int cause = world.about(fact, 0);
        int effect = world.about(fact, 1);
        var delay = Duration.ofNanos((world.from(effect) - world.from(cause)) * 1_000);
        var qualifiers =
                new Qualifiers(
                        OptionalDouble.empty(),
                        causal ? OptionalDouble.of(.3 + fact % 70 / 100.0) : OptionalDouble.empty(),
                        causal ? Optional.of(new Delay(delay, Optional.empty())) : Optional.empty(),
                        Optional.of(sentence));
        return new Statement(
                entity(cause),
                predicate(fact),
                new Value.Entity(entity(effect)),
                interval(fact),
                source(fact + which),
                qualifiers,
                Optional.empty(),
                Replaces.OVERLAP);
    }

    private PredicateName predicate(int fact) {
        return world.sort(fact) == Sort.CAUSAL_FACT
                ? LED_TO.name()
                : new PredicateName(PREDICATES[fact % PREDICATES.length]);
    }

    private Interval interval(int document) {
        var start = Moments.fromMicros(world.from(document));
        return world.until(document) == MadeWorld.OPEN
                ? Interval.since(start)
                : Interval.between(start, Moments.fromMicros(world.until(document)));
    }

    private String text(int document) {
        var text = new StringJoiner(" ");
        for (int i = 0; i < MadeWorld.MOST_TEXTS; i++) {
            if (world.text(document, i) != MadeWorld.NONE) {
                text.add(texts.get(world.text(document, i)));
            }
        }
        return text.toString();
    }

    private static String name(String text, int number) {
        String[] words = text.split(" ", WORDS_OF_A_NAME + 1);
        return String.join(" ", List.of(words).subList(0, Math.min(WORDS_OF_A_NAME, words.length)))
                + " "
                + number;
    }

    private static SourceId source(int number) {
        return new SourceId("source-" + number % SOURCES);
    }
}
