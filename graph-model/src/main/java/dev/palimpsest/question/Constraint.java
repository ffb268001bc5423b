package dev.palimpsest.question;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.EntityType;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.space.Region;
import dev.palimpsest.time.Allen;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Moments;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// One thing a question asks of whatever it finds. A *hard* constraint is a filter, a *soft* one a
/// score: what lacks the dimension fails the first and is not judged by the second.
public sealed interface Constraint {

    /// The most entities, types or sources one constraint may name.
    int MOST_NAMED = 100;

    /// The most quantities a question may ask about.
    int MOST_QUANTITIES = 10;

    /// The most edges a walk may be asked to go.
    int MOST_HOPS = 6;

    /// The most chains of causes one hit may be asked to come with.
    int MOST_PATHS = 10;

    Dimension dimension();

    /// The name used in JSON, such as `when.at`.
    default String word() {
        var own = getClass().getSimpleName();
        return dimension().word()
                + "."
                + own.substring(0, 1).toLowerCase(Locale.ROOT)
                + own.substring(1);
    }

    /// Whether what does not fit is left out.
    default boolean isHard() {
        return switch (this) {
            case What.Text _, What.Quantities _, Where.Around _, When.Near _ -> false;
            case What.Types _, What.Bounds _, Where.Within _, Where.Hops _ -> true;
            case When.At _, When.During _, When.Related _, Why _, Who _ -> true;
        };
    }

    /// What it is about.
    sealed interface What extends Constraint {

        /// The most characters the words may have.
        int LONGEST_TEXT = 10_000;

        /// It is about these words: some of them are in it, or its meaning is near theirs. Soft.
        ///
        /// @param asked the moment that times in the words, such as `last spring`, are counted
        ///   from; if empty, that of [When.Near] or now
        record Text(String words, Optional<Instant> asked) implements What {
            public Text {
                asked = asked.map(Moments::require);
                if (words.isBlank() || words.length() > LONGEST_TEXT) {
                    throw new IllegalArgumentException(
                            "text has 1 to " + LONGEST_TEXT + " characters: " + words.length());
                }
            }

            public Text(String words) {
                this(words, Optional.empty());
            }
        }

        /// It is of one of these types; a fact, if its subject is; a memory, if it mentions one
        /// that is. Hard.
        record Types(Set<EntityType> types) implements What {
            public Types {
                types = Set.copyOf(types);
                requireCount("types", types.size());
            }
        }

        /// Its quantities are near these numbers; those of a fact's subject; of a memory, those of
        /// what it mentions, the best of each. Soft.
        record Quantities(List<Quantity.Near> wanted) implements What {
            public Quantities {
                wanted = List.copyOf(wanted);
                requireQuantities(wanted);
            }

            @Override
            public String word() {
                return "what.quantities.near";
            }
        }

        /// Its quantities lie within these bounds, each of them; those of a fact's subject; of a
        /// memory, those of one it mentions. Hard.
        record Bounds(List<Quantity.Within> bounds) implements What {
            public Bounds {
                bounds = List.copyOf(bounds);
                requireQuantities(bounds);
            }

            @Override
            public String word() {
                return "what.quantities";
            }
        }

        @Override
        default Dimension dimension() {
            return Dimension.WHAT;
        }
    }

    /// Where it is, on the Earth or in the graph.
    sealed interface Where extends Constraint {

        /// It lies in the region. Hard.
        record Within(Region region) implements Where {}

        /// It lies near the point: half as good at every `halfKilometres`. Soft.
        record Around(GeoPoint point, double halfKilometres) implements Where {
            public Around {
                if (!(halfKilometres > 0 && halfKilometres <= 20_040)) {
                    throw new IllegalArgumentException(
                            "halfKm must be more than 0 and at most 20040: " + halfKilometres);
                }
            }
        }

        /// It is at most so many edges away from the entity, whichever way they point. Hard.
        record Hops(EntityId from, int hops) implements Where {
            public Hops {
                requireHops(hops);
            }
        }

        @Override
        default Dimension dimension() {
            return Dimension.WHERE;
        }
    }

    /// When it is: an entity while it exists, a fact while it holds, a memory when it occurred.
    sealed interface When extends Constraint {

        /// It is at this moment. Hard.
        ///
        /// @param possibly whether an end that nobody knows is taken as late as may be
        record At(Instant moment, boolean possibly) implements When {
            public At {
                moment = Moments.require(moment);
            }
        }

        /// It lies within this interval: it starts, finishes, equals it or is during it. Hard.
        ///
        /// @param possibly whether an end that nobody knows is taken as early as may be
        record During(Interval interval, boolean possibly) implements When {
            public During {
                requireKnownEnd(interval);
            }
        }

        /// It stands in one of these relations to the interval. Hard.
        ///
        /// One whose end nobody knows does so for sure if it does with every end it can have.
        ///
        /// @param possibly whether it is enough that it does with one of them
        record Related(Set<Allen> relations, Interval to, boolean possibly) implements When {
            public Related {
                relations = Set.copyOf(relations);
                requireCount("relation", relations.size());
                requireKnownEnd(to);
            }

            @Override
            public String word() {
                return "when.allen";
            }
        }

        /// It is near this moment: half as good at every `half` between them. Soft.
        record Near(Instant moment, Duration half) implements When {
            public Near {
                moment = Moments.require(moment);
                if (half.compareTo(Duration.ofNanos(1_000)) < 0) {
                    throw new IllegalArgumentException(
                            "half must be at least a microsecond: " + half);
                }
            }
        }

        @Override
        default Dimension dimension() {
            return Dimension.WHEN;
        }
    }

    /// Why it is. Hard, and scored by how strong the chain of causes is.
    sealed interface Why extends Constraint {

        int hops();

        /// How many chains a hit comes with at most.
        int paths();

        /// It led to the entity, over at most so many causal facts.
        record CausesOf(EntityId entity, int hops, int paths) implements Why {
            public CausesOf {
                requireHops(hops);
                requirePaths(paths);
            }

            public CausesOf(EntityId entity, int hops) {
                this(entity, hops, 1);
            }
        }

        /// The entity led to it, over at most so many causal facts.
        record EffectsOf(EntityId entity, int hops, int paths) implements Why {
            public EffectsOf {
                requireHops(hops);
                requirePaths(paths);
            }

            public EffectsOf(EntityId entity, int hops) {
                this(entity, hops, 1);
            }
        }

        /// It lies on a chain of at most so many causal facts from one entity to another, or is one
        /// of the two.
        record Between(EntityId cause, EntityId effect, int hops, int paths) implements Why {
            public Between {
                requireHops(hops);
                requirePaths(paths);
                if (cause.equals(effect)) {
                    throw new IllegalArgumentException(
                            "cause and effect must be two entities: " + cause);
                }
            }

            public Between(EntityId cause, EntityId effect, int hops) {
                this(cause, effect, hops, 1);
            }
        }

        /// The entities it names.
        default List<EntityId> ends() {
            return switch (this) {
                case CausesOf(EntityId entity, int _, int _) -> List.of(entity);
                case EffectsOf(EntityId entity, int _, int _) -> List.of(entity);
                case Between(EntityId cause, EntityId effect, int _, int _) ->
                        List.of(cause, effect);
            };
        }

        @Override
        default Dimension dimension() {
            return Dimension.WHY;
        }
    }

    /// Who says so.
    sealed interface Who extends Constraint {

        /// One of these sources says it; an entity, if one of them describes it. Hard.
        record Sources(Set<SourceId> sources) implements Who {
            public Sources {
                sources = Set.copyOf(sources);
                requireCount("sources", sources.size());
            }
        }

        @Override
        default Dimension dimension() {
            return Dimension.WHO;
        }
    }

    private static void requireHops(int hops) {
        if (hops < 1 || hops > MOST_HOPS) {
            throw new IllegalArgumentException(
                    "hops must lie between 1 and " + MOST_HOPS + ": " + hops);
        }
    }

    private static void requireKnownEnd(Interval asked) {
        if (asked.end() instanceof Interval.End.Unknown) {
            throw new IllegalArgumentException(
                    "until must be a moment, or null for no end: what is asked about has a known"
                            + " end");
        }
    }

    private static void requirePaths(int paths) {
        if (paths < 1 || paths > MOST_PATHS) {
            throw new IllegalArgumentException(
                    "paths must lie between 1 and " + MOST_PATHS + ": " + paths);
        }
    }

    private static void requireQuantities(List<? extends Quantity> asked) {
        if (asked.isEmpty() || asked.size() > MOST_QUANTITIES) {
            throw new IllegalArgumentException(
                    "quantities names 1 to " + MOST_QUANTITIES + " of them: " + asked.size());
        }
        if (asked.stream().map(Quantity::predicate).distinct().count() < asked.size()) {
            throw new IllegalArgumentException(
                    "quantities says the same of one predicate twice; say it once: " + asked);
        }
    }

    private static void requireCount(String what, int count) {
        if (count < 1 || count > MOST_NAMED) {
            throw new IllegalArgumentException(
                    what + " names 1 to " + MOST_NAMED + " of them: " + count);
        }
    }
}
