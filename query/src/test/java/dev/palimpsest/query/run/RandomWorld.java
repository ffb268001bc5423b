package dev.palimpsest.query.run;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.EntityType;
import dev.palimpsest.model.Memory;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.ObjectKind;
import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Profile;
import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.question.Constraint;
import dev.palimpsest.question.Kind;
import dev.palimpsest.question.Quantity;
import dev.palimpsest.question.Question;
import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.space.RandomRegions;
import dev.palimpsest.space.Region;
import dev.palimpsest.time.Allen;
import dev.palimpsest.time.Interval;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/// A small world with everything in it that a hard constraint may look at, and questions about it.
public final class RandomWorld {

    public static final SpaceId SPACE = new SpaceId("random");
    public static final Instant NOW = day(50);

    private static final int ENTITIES = 14;
    private static final List<String> TYPES = List.of("Quake", "City", "Person");
    private static final List<String> SOURCES = List.of("us", "web", "desk");
    static final PredicateName LED_TO = new PredicateName("ledTo");
    static final PredicateName DUE_TO = new PredicateName("dueTo");
    private static final PredicateName NEAR = new PredicateName("near");
    private static final PredicateName SEEN_AT = new PredicateName("seenAt");
    static final PredicateName DEPTH = new PredicateName("depth");
    static final PredicateName SIZE = new PredicateName("size");

    private final Random random;
    private final Chronicle chronicle;
    private int memories;

    /// Writes that much into a chronicle.
    public RandomWorld(long seed, int writes, Chronicle chronicle) {
        this.random = new Random(seed);
        this.chronicle = chronicle;
        var entity = Optional.of(ObjectKind.ENTITY);
        chronicle.register(new Predicate(LED_TO, false, true, false, Optional.empty(), entity));
        chronicle.register(new Predicate(DUE_TO, false, false, false, Optional.of(LED_TO), entity));
        for (int write = 0; write < writes; write++) {
            write();
        }
    }

    /// Whoever may be spoken of.
    public static List<EntityId> entities() {
        return IntStream.range(0, ENTITIES).mapToObj(RandomWorld::entity).toList();
    }

    static Instant day(int day) {
        return Instant.parse("2018-01-01T00:00:00Z").plusSeconds(86_400L * day);
    }

    /// A question at some position; what is soft in it leaves nothing out.
    public Question question() {
        List<Constraint> constraints = new ArrayList<>();
        while (constraints.isEmpty()) {
            maybe(constraints, new Constraint.What.Types(typesSome()));
            maybe(constraints, new Constraint.What.Bounds(bounds()));
            maybe(constraints, new Constraint.Where.Within(region()));
            maybe(constraints, new Constraint.Where.Hops(entity(), 1 + random.nextInt(3)));
            maybe(
                    constraints,
                    new Constraint.When.At(day(random.nextInt(60)), random.nextBoolean()));
            maybe(constraints, new Constraint.When.During(stretch(60), random.nextBoolean()));
            maybe(
                    constraints,
                    new Constraint.When.Related(relations(), stretch(60), random.nextBoolean()));
            maybe(constraints, new Constraint.Why.CausesOf(entity(), hops(), 3));
            maybe(constraints, new Constraint.Why.EffectsOf(entity(), hops(), 3));
            between().ifPresent(between -> maybe(constraints, between));
            maybe(constraints, new Constraint.Who.Sources(Set.of(source())));
        }
        maybe(constraints, new Constraint.What.Text("what was noted about a " + TYPES.getFirst()));
        maybe(constraints, new Constraint.What.Quantities(quantities()));
        var kinds = EnumSet.allOf(Kind.class);
        kinds.removeIf(_ -> random.nextInt(3) == 0);
        if (kinds.isEmpty()) {
            kinds = EnumSet.of(Kind.ENTITY, Kind.MEMORY);
        }
        return new Question(
                chronicle.space(),
                constraints,
                random.nextInt(3) == 0 ? Optional.empty() : Optional.of(chronicle.knownAt(random)),
                kinds,
                Question.MOST_HITS,
                false,
                Optional.empty());
    }

    private int hops() {
        return 1 + random.nextInt(4);
    }

    /// One of a quantity; now and then one more of another, or of what is never said in numbers.
    private List<Quantity.Within> bounds() {
        var least = some(2.0 * random.nextInt(4));
        var most = least.isPresent() ? some(6.0 + random.nextInt(2)) : Optional.of(3.0);
        var size = new Quantity.Within(SIZE, of(least), of(most));
        return switch (random.nextInt(6)) {
            case 0 ->
                    List.of(size, new Quantity.Within(DEPTH, of(Optional.of(1.5)), of(some(2.5))));
            case 1 -> List.of(new Quantity.Within(LED_TO, of(Optional.of(0.0)), of(some(9.0))));
            default -> List.of(size);
        };
    }

    private static OptionalDouble of(Optional<Double> number) {
        return number.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
    }

    private List<Quantity.Near> quantities() {
        var size = new Quantity.Near(SIZE, random.nextInt(9), 0.5 + random.nextInt(3));
        return random.nextBoolean()
                ? List.of(size)
                : List.of(size, new Quantity.Near(DEPTH, random.nextDouble(4), 1));
    }

    private Optional<Constraint.Why.Between> between() {
        var cause = entity();
        var effect = entity();
        return cause.equals(effect)
                ? Optional.empty()
                : Optional.of(new Constraint.Why.Between(cause, effect, hops(), 3));
    }

    private void maybe(List<Constraint> constraints, Constraint constraint) {
        if (random.nextInt(5) == 0) {
            constraints.add(constraint);
        }
    }

    private void write() {
        switch (random.nextInt(12)) {
            case 0 -> say(Profile.TYPE, new Value.Text(TYPES.get(random.nextInt(TYPES.size()))));
            case 1, 2 -> say(Profile.PLACE, new Value.Geo(point()));
            case 3 -> say(Profile.EXISTS, new Value.Flag(random.nextInt(6) > 0));
            case 4, 10, 11 ->
                    say(random.nextBoolean() ? LED_TO : DUE_TO, new Value.Entity(entity()));
            case 5 -> say(NEAR, new Value.Entity(entity()));
            case 6 -> say(SEEN_AT, new Value.Geo(point()));
            case 7 ->
                    say(
                            random.nextInt(3) == 0 ? DEPTH : SIZE,
                            random.nextInt(8) == 0
                                    ? new Value.Text("unknown")
                                    : Value.Numeric.of(random.nextInt(18) / 2.0));
            case 8 -> chronicle.takeBack(random);
            default -> remember();
        }
    }

    private void say(PredicateName predicate, Value object) {
        var strength =
                random.nextInt(4) == 0
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(random.nextInt(5) / 4.0);
        var confidence =
                random.nextInt(3) == 0
                        ? OptionalDouble.of(random.nextInt(3) / 2.0)
                        : OptionalDouble.empty();
        chronicle.say(
                entity(),
                predicate,
                object,
                interval(50),
                source(),
                new Qualifiers(confidence, strength, delay(), Optional.empty()));
    }

    private Optional<Qualifiers.Delay> delay() {
        var deviation = Duration.ofDays(random.nextInt(20));
        return random.nextBoolean()
                ? Optional.empty()
                : Optional.of(
                        new Qualifiers.Delay(Duration.ofDays(random.nextInt(30)), some(deviation)));
    }

    private void remember() {
        var id = new MemoryId("m" + memories++);
        chronicle.keep(
                new Memory(
                        id,
                        "what was noted as " + id,
                        some(day(random.nextInt(60))),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        some(point()),
                        IntStream.range(0, random.nextInt(3)).mapToObj(_ -> entity()).toList(),
                        source(),
                        "{}"));
    }

    private <T> Optional<T> some(T value) {
        return random.nextBoolean() ? Optional.of(value) : Optional.empty();
    }

    EntityId entity() {
        return entity(random.nextInt(ENTITIES));
    }

    private static EntityId entity(int number) {
        return new EntityId("e" + number);
    }

    private SourceId source() {
        return new SourceId(SOURCES.get(random.nextInt(SOURCES.size())));
    }

    private Set<EntityType> typesSome() {
        return Set.of(new EntityType(TYPES.get(random.nextInt(TYPES.size()))));
    }

    /// On both sides of the antimeridian.
    private GeoPoint point() {
        double east = 175 + 10 * random.nextDouble();
        return new GeoPoint(20 * random.nextDouble() - 10, east > 180 ? east - 360 : east);
    }

    private Region region() {
        return switch (random.nextInt(4)) {
            case 0 -> new Region.Box(-3, 176, 8, -179);
            case 1 -> new RandomRegions(random).region();
            default -> new Region.Circle(point(), 200 + random.nextInt(1_000));
        };
    }

    private Set<Allen> relations() {
        var all = List.of(Allen.values());
        var relations = EnumSet.of(all.get(random.nextInt(all.size())));
        for (var relation : Allen.values()) {
            if (random.nextInt(4) == 0) {
                relations.add(relation);
            }
        }
        return random.nextBoolean() ? relations : Set.of(relations.iterator().next());
    }

    /// An interval with a known end.
    private Interval stretch(int days) {
        var stretch = interval(days);
        return stretch.end() instanceof Interval.End.Unknown
                ? Interval.since(stretch.from())
                : stretch;
    }

    private Interval interval(int days) {
        var from = day(random.nextInt(days));
        var until = from.plusSeconds(86_400L * (1 + random.nextInt(days)));
        return switch (random.nextInt(5)) {
            case 0 -> Interval.since(from);
            case 1 -> Interval.at(from);
            case 2 ->
                    new Interval(
                            from,
                            new Interval.End.Unknown(
                                    random.nextBoolean() ? Optional.of(until) : Optional.empty()));
            default -> Interval.between(from, until);
        };
    }
}
