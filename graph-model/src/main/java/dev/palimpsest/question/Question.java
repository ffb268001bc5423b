package dev.palimpsest.question;

import dev.palimpsest.model.SpaceId;
import dev.palimpsest.time.Bookmark;
import dev.palimpsest.time.Moments;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What somebody wants to know of a space: any mix of what, where, when, why and who.
///
/// @param constraints at most one of each sort; to be answered, at least one
/// @param knownAt answer with what was known then; now if empty
/// @param kinds what may be found; everything if empty
/// @param explain whether the answer says how it was found
/// @param after answer with at least what this bookmark saw
/// @param ordering other than usual only where memories alone are asked for in words
public record Question(
        SpaceId space,
        List<Constraint> constraints,
        Optional<Instant> knownAt,
        Set<Kind> kinds,
        int limit,
        boolean explain,
        Optional<Bookmark> after,
        Ordering ordering) {

    /// The most hits an answer may have.
    public static final int MOST_HITS = 100;

    /// How many hits an answer has if nobody says.
    public static final int USUAL_HITS = 10;

    public Question {
        constraints = List.copyOf(constraints);
        knownAt = knownAt.map(Moments::require);
        kinds = kinds.isEmpty() ? Set.of(Kind.values()) : Set.copyOf(kinds);
        if (limit < 1 || limit > MOST_HITS) {
            throw new IllegalArgumentException(
                    "limit must lie between 1 and " + MOST_HITS + ": " + limit);
        }
        var sorts = new HashSet<Class<?>>();
        for (var constraint : constraints) {
            if (!sorts.add(constraint.getClass())) {
                throw new IllegalArgumentException(
                        constraint.dimension().word()
                                + " asks the same thing twice; ask once: "
                                + constraint);
            }
        }
    }

    /// In the usual order.
    public Question(
            SpaceId space,
            List<Constraint> constraints,
            Optional<Instant> knownAt,
            Set<Kind> kinds,
            int limit,
            boolean explain,
            Optional<Bookmark> after) {
        this(space, constraints, knownAt, kinds, limit, explain, after, Ordering.USUAL);
    }

    /// Of everything known now, the usual number of hits.
    public static Question of(SpaceId space, Constraint... constraints) {
        return new Question(
                space,
                List.of(constraints),
                Optional.empty(),
                Set.of(),
                USUAL_HITS,
                false,
                Optional.empty());
    }

    public Question knownAt(Instant moment) {
        return new Question(
                space, constraints, Optional.of(moment), kinds, limit, explain, after, ordering);
    }

    public Question ofKinds(Set<Kind> wanted) {
        return new Question(space, constraints, knownAt, wanted, limit, explain, after, ordering);
    }

    public Question limitedTo(int hits) {
        return new Question(space, constraints, knownAt, kinds, hits, explain, after, ordering);
    }

    public Question explained() {
        return new Question(space, constraints, knownAt, kinds, limit, true, after, ordering);
    }

    public Question after(Bookmark bookmark) {
        return new Question(
                space,
                constraints,
                knownAt,
                kinds,
                limit,
                explain,
                Optional.of(bookmark),
                ordering);
    }

    public Question ordered(Ordering wanted) {
        return new Question(space, constraints, knownAt, kinds, limit, explain, after, wanted);
    }

    /// A question that is to be answered asks something.
    ///
    /// @throws IllegalArgumentException if it has no constraint
    public void requireConstraint() {
        if (constraints.isEmpty()) {
            throw new IllegalArgumentException(
                    "an empty question has no answer: give at least one of what.text, what.types,"
                            + " what.quantities, where.within, where.around, where.hops, when.at, when.during,"
                            + " when.allen, when.near, why.causesOf, why.effectsOf, why.between,"
                            + " who.sources");
        }
    }

    /// The constraint of that sort, if it is asked.
    public <C extends Constraint> Optional<C> find(Class<C> sort) {
        return constraints.stream().filter(sort::isInstance).map(sort::cast).findFirst();
    }

    /// Whether anything of that dimension is asked.
    public boolean asks(Dimension dimension) {
        return constraints.stream().anyMatch(asked -> asked.dimension() == dimension);
    }
}
