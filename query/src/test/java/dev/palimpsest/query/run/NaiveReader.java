package dev.palimpsest.query.run;

import dev.palimpsest.model.Assertion;
import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.EntityProfile;
import dev.palimpsest.model.FactId;
import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.Profile;
import dev.palimpsest.model.RowId;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.port.Row;
import dev.palimpsest.query.index.adjacency.Holding;
import dev.palimpsest.query.ledger.Scribe;
import dev.palimpsest.query.plan.ValidTime;
import dev.palimpsest.question.Constraint;
import dev.palimpsest.question.Constraint.What;
import dev.palimpsest.question.Constraint.When;
import dev.palimpsest.question.Constraint.Where;
import dev.palimpsest.question.Constraint.Who;
import dev.palimpsest.question.Constraint.Why;
import dev.palimpsest.question.Question;
import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.space.Region;
import dev.palimpsest.time.Allen;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Moments;
import dev.palimpsest.time.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What hard constraints mean, written down once more, as plainly as can be: every row is looked
/// at, and no index is asked.
public final class NaiveReader {

    private final Ledger ledger;
    private final Question question;
    private final Instant now;
    private final Position at;
    private final List<Row> visible;
    private final Map<EntityId, EntityProfile> profiles = new HashMap<>();
    private final NaiveCauses causes;

    NaiveReader(Scribe scribe, Question question, Instant now) {
        this(new ScribeChronicle(scribe), question, now);
    }

    public NaiveReader(Chronicle chronicle, Question question, Instant now) {
        this.ledger = chronicle.ledger();
        this.question = question;
        this.now = now;
        this.at =
                question.knownAt()
                        .map(moment -> ledger.positionAt(question.space(), moment))
                        .orElseGet(() -> ledger.head().position());
        this.visible = List.copyOf(ledger.rows(question.space(), chronicle.rows(at), at).values());
        for (var row : visible) {
            if (row instanceof Row.OfProfile profile) {
                profiles.put(profile.profile().entity(), profile.profile());
            }
        }
        this.causes = new NaiveCauses(facts().toList(), profiles);
    }

    NaiveCauses causes() {
        return causes;
    }

    /// The kinds and ids of everything that passes; empty if the question is about something that
    /// is not known yet.
    Set<String> answer() {
        var passing = new TreeSet<String>();
        passing().forEach(row -> passing.add(NaiveRows.name(row)));
        return passing;
    }

    /// The rows that pass.
    List<Row> passing() {
        for (var constraint : question.constraints()) {
            var start =
                    switch (constraint) {
                        case Where.Hops(EntityId from, int _) -> List.of(from);
                        case Why why -> why.ends();
                        case What _, When _, Who _, Where.Within _, Where.Around _ ->
                                List.<EntityId>of();
                    };
            if (start.stream().anyMatch(one -> profile(one).isEmpty())) {
                return List.of();
            }
        }
        return visible.stream()
                .filter(row ->
                        question.kinds().contains(NaiveRows.kind(row))
                                && (!isUsual() || isOfNow(row))
                                && question.constraints().stream()
                                        .allMatch(one -> passes(one, row)))
                .toList();
    }

    Position at() {
        return at;
    }

    boolean knows(EntityId entity) {
        return profile(entity).isPresent();
    }

    /// Which facts count that are looked at for the sake of others, as the adjacency is asked.
    Holding holding() {
        return ValidTime.of(question, now).ofOtherFacts();
    }

    /// The facts that tell how entities are at the time asked about.
    List<FactVersion> counting() {
        return facts().filter(this::counts).toList();
    }

    /// The facts that link an entity to others.
    List<RowId> linked(EntityId entity) {
        return facts().filter(this::counts)
                .filter(fact -> ends(fact).count() == 2 && ends(fact).anyMatch(entity::equals))
                .map(FactVersion::id)
                .toList();
    }

    private boolean passes(Constraint constraint, Row row) {
        return switch (constraint) {
            case What.Types(var types) ->
                    about(row).stream()
                            .anyMatch(entity ->
                                    profile(entity)
                                            .map(one -> types.contains(one.type()))
                                            .orElse(false));
            case What.Bounds(var bounds) ->
                    NaiveQuantities.areWithin(bounds, about(row), counting());
            case Where.Within(Region region) -> places(row).stream().anyMatch(region::contains);
            case Where.Hops(EntityId from, int hops) -> isWithin(row, from, hops);
            case When.At(Instant moment, boolean possibly) ->
                    time(row)
                            .map(one -> possibly ? one.mayHoldAt(moment) : one.holdsAt(moment))
                            .orElse(false);
            case When.During(Interval interval, boolean possibly) ->
                    time(row)
                            .map(one ->
                                    interval.fromMicros() <= one.fromMicros()
                                            && (possibly
                                                            ? one.sureUntilMicros()
                                                            : one.untilMicros())
                                                    <= interval.untilMicros())
                            .orElse(false);
            case When.Related(var relations, Interval to, boolean possibly) ->
                    time(row)
                            .map(one -> Allen.possible(one, to))
                            .map(stands ->
                                    possibly
                                            ? stands.stream().anyMatch(relations::contains)
                                            : relations.containsAll(stands))
                            .orElse(false);
            case Why why -> causes.isOnChain(row, why);
            case Who.Sources(var sources) ->
                    switch (row) {
                        case Row.OfMemory memory -> sources.contains(memory.memory().source());
                        case Row.OfFact fact -> fact.sources().stream().anyMatch(sources::contains);
                        case Row.OfProfile profile ->
                                describers(profile.profile()).anyMatch(sources::contains);
                        case Row.OfEntity _, Row.OfPredicate _ -> false;
                    };
            case What.Text _, What.Quantities _, Where.Around _, When.Near _ -> true;
        };
    }

    private boolean isUsual() {
        return question.constraints().stream().noneMatch(When.class::isInstance);
    }

    private boolean isOfNow(Row row) {
        return !(row instanceof Row.OfFact fact) || holdsNow(fact.version());
    }

    private boolean holdsNow(FactVersion version) {
        return version.valid().holdsAt(now) || isEvent(version.subject());
    }

    private boolean isEvent(EntityId entity) {
        return profile(entity)
                .flatMap(EntityProfile::exists)
                .map(exists -> !(exists.end() instanceof Interval.End.Open))
                .orElse(false);
    }

    /// Whether a fact that is looked at for the sake of others counts.
    private boolean counts(FactVersion version) {
        var moment = question.find(When.At.class);
        if (moment.isPresent()) {
            return moment.get().possibly()
                    ? version.valid().mayHoldAt(moment.get().moment())
                    : version.valid().holdsAt(moment.get().moment());
        }
        var during = question.find(When.During.class);
        if (during.isPresent()) {
            return shares(version, during.get().interval(), during.get().possibly());
        }
        return question.find(When.Related.class)
                .map(asked -> shares(version, reach(asked), asked.possibly()))
                .orElseGet(() -> holdsNow(version));
    }

    private static boolean shares(FactVersion version, Interval asked, boolean possibly) {
        return version.valid().fromMicros() < asked.untilMicros()
                && asked.fromMicros()
                        < (possibly
                                ? version.valid().untilMicros()
                                : version.valid().sureUntilMicros());
    }

    /// From the first to the last of the stretches the relations speak of.
    private static Interval reach(When.Related asked) {
        List<Interval> stretches = new ArrayList<>();
        for (var relation : asked.relations()) {
            stretches.add(
                    switch (relation) {
                        case BEFORE, MEETS ->
                                asked.to().from().isAfter(Moments.BEGINNING)
                                        ? Interval.between(Moments.BEGINNING, asked.to().from())
                                        : asked.to();
                        case AFTER, MET_BY ->
                                asked.to().end() instanceof Interval.End.At(Instant end)
                                        ? Interval.since(end)
                                        : asked.to();
                        case OVERLAPS, OVERLAPPED_BY, STARTS, STARTED_BY, EQUALS -> asked.to();
                        case DURING, CONTAINS, FINISHES, FINISHED_BY -> asked.to();
                    });
        }
        long from = stretches.stream().mapToLong(Interval::fromMicros).min().orElseThrow();
        long until = stretches.stream().mapToLong(Interval::untilMicros).max().orElseThrow();
        return Interval.ofMicros(from, until, until == Moments.OPEN ? 'O' : 'A');
    }

    List<GeoPoint> places(Row row) {
        return switch (row) {
            case Row.OfProfile profile -> places(profile.profile().entity());
            case Row.OfFact fact -> {
                var subject = places(fact.version().subject());
                if (!subject.isEmpty() || fact.version().predicate().equals(Profile.PLACE)) {
                    yield subject;
                }
                yield switch (fact.version().object()) {
                    case Value.Geo(GeoPoint point) -> List.of(point);
                    case Value.Entity(EntityId object) -> places(object);
                    case Value.Text _,
                            Value.Numeric _,
                            Value.Flag _,
                            Value.Moment _,
                            Value.Json _ ->
                            List.of();
                };
            }
            case Row.OfMemory memory ->
                    memory.memory().place().isPresent()
                            ? List.of(memory.memory().place().get())
                            : memory.memory().mentions().stream()
                                    .flatMap(entity -> places(entity).stream())
                                    .toList();
            case Row.OfEntity _, Row.OfPredicate _ -> List.of();
        };
    }

    private List<GeoPoint> places(EntityId entity) {
        return facts().filter(fact ->
                        fact.subject().equals(entity) && fact.predicate().equals(Profile.PLACE))
                .filter(this::counts)
                .map(fact -> ((Value.Geo) fact.object()).point())
                .toList();
    }

    private boolean isWithin(Row row, EntityId from, int hops) {
        Set<EntityId> near = new HashSet<>(Set.of(from));
        var edges = facts().filter(this::counts).filter(one -> ends(one).count() == 2).toList();
        for (int hop = 0; hop < hops; hop++) {
            var further = new HashSet<>(near);
            for (var edge : edges) {
                if (ends(edge).anyMatch(near::contains)) {
                    ends(edge).forEach(further::add);
                }
            }
            near = further;
        }
        boolean isStart =
                row instanceof Row.OfProfile profile && profile.profile().entity().equals(from);
        return !isStart && touched(row).anyMatch(near::contains);
    }

    Optional<Interval> time(Row row) {
        return switch (row) {
            case Row.OfProfile profile -> profile.profile().exists();
            case Row.OfFact fact -> Optional.of(fact.version().valid());
            case Row.OfMemory memory -> memory.memory().when();
            case Row.OfEntity _, Row.OfPredicate _ -> Optional.empty();
        };
    }

    /// The entity itself; what a fact is about; what a memory mentions.
    static List<EntityId> about(Row row) {
        return switch (row) {
            case Row.OfProfile profile -> List.of(profile.profile().entity());
            case Row.OfFact fact -> List.of(fact.version().subject());
            case Row.OfMemory memory -> memory.memory().mentions();
            case Row.OfEntity _, Row.OfPredicate _ -> List.of();
        };
    }

    static Stream<EntityId> touched(Row row) {
        return row instanceof Row.OfFact fact ? ends(fact.version()) : about(row).stream();
    }

    private static Stream<EntityId> ends(FactVersion fact) {
        return fact.object() instanceof Value.Entity(EntityId object)
                ? Stream.of(fact.subject(), object)
                : Stream.of(fact.subject());
    }

    private Stream<FactVersion> facts() {
        return visible.stream()
                .filter(Row.OfFact.class::isInstance)
                .map(row -> ((Row.OfFact) row).version());
    }

    Optional<EntityProfile> profile(EntityId entity) {
        return Optional.ofNullable(profiles.get(entity));
    }

    /// The sources of the facts a profile shows.
    private Stream<SourceId> describers(EntityProfile profile) {
        var shown = new HashSet<FactId>();
        for (var fact : facts().filter(one -> one.subject().equals(profile.entity())).toList()) {
            boolean isShown =
                    (fact.predicate().equals(Profile.TYPE)
                                    && fact.object().canonical().equals(profile.type().value()))
                            || (fact.predicate().equals(Profile.PLACE)
                                    && profile.place()
                                            .map(Value.Geo::new)
                                            .map(fact.object()::equals)
                                            .orElse(false))
                            || (fact.predicate().equals(Profile.EXISTS)
                                    && fact.object().equals(new Value.Flag(true)));
            if (isShown) {
                shown.add(fact.fact());
            }
        }
        return ledger.assertions(question.space(), shown, at).values().stream()
                .flatMap(List::stream)
                .map(Assertion::source);
    }
}
