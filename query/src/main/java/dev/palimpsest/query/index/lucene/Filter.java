package dev.palimpsest.query.index.lucene;

import dev.palimpsest.model.RowId;
import dev.palimpsest.question.Kind;
import dev.palimpsest.space.Region;
import dev.palimpsest.time.Allen;
import dev.palimpsest.time.Interval;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// What a row must be to be found. A row that lacks what a filter asks about does not pass it.
public sealed interface Filter {

    Filter ANYTHING = new AllOf(List.of());

    static Filter all(Filter... filters) {
        return new AllOf(List.of(filters));
    }

    static Filter any(Filter... filters) {
        return new AnyOf(List.of(filters));
    }

    record AllOf(List<Filter> filters) implements Filter {
        public AllOf {
            filters = List.copyOf(filters);
        }
    }

    record AnyOf(List<Filter> filters) implements Filter {
        public AnyOf {
            filters = List.copyOf(filters);
        }
    }

    record Not(Filter filter) implements Filter {}

    record Kinds(Set<Kind> kinds) implements Filter {
        public Kinds {
            kinds = Set.copyOf(kinds);
        }
    }

    /// It is one of these rows.
    record Rows(Set<RowId> ids) implements Filter {
        public Rows {
            ids = Set.copyOf(ids);
        }
    }

    /// One of its words of that sort is one of these, letter by letter.
    record Words(Word word, Set<String> values) implements Filter {
        public Words {
            values = Set.copyOf(values);
        }
    }

    /// The sorts of words a row carries.
    enum Word {
        /// The type of an entity.
        TYPE,
        /// The predicate of a fact.
        PREDICATE,
        /// Who says a fact; who gave a memory.
        SOURCE,
        /// Whose memory it is.
        AGENT,
        /// In which session a memory was kept.
        SESSION
    }

    /// One of its nodes in that role is one of these.
    record Nodes(Role role, NodeSet nodes) implements Filter {}

    /// How a row may be about a node.
    enum Role {
        /// It is the entity or memory, or the subject of the fact.
        SELF,
        /// It is the object of the fact.
        OBJECT,
        /// The memory mentions it.
        MENTIONED
    }

    /// Its own place lies in the region: that of a profile or memory, or the point that is the
    /// object of a fact.
    record Within(Region region) implements Filter {}

    /// It is a fact whose object is a number that lies there, both ends included; compared as
    /// 64-bit floating point. Of the text index only.
    record Numbered(double atLeast, double atMost) implements Filter {

        /// Any number.
        public static final Numbered ANY =
                new Numbered(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

        public Numbered {
            // An index tells -0 from 0, which are the same number.
            atLeast += 0.0;
            atMost += 0.0;
        }
    }

    /// It has a place of its own.
    record HasPlace() implements Filter {}

    /// It has a time: of existence, of holding, of occurring.
    record HasTime() implements Filter {}

    /// It holds at the moment.
    ///
    /// @param possibly whether an end that nobody knows is taken as late as may be
    record HoldsAt(Instant moment, boolean possibly) implements Filter {}

    /// It holds at some moment of the interval.
    ///
    /// @param possibly whether an end that nobody knows is taken as late as may be
    record HoldsDuring(Interval interval, boolean possibly) implements Filter {}

    /// It neither starts before the interval nor ends after it.
    ///
    /// @param possibly whether an end that nobody knows is taken as early as may be
    record LiesIn(Interval interval, boolean possibly) implements Filter {}

    /// It stands in one of these relations to the interval, whose end is known.
    ///
    /// @param possibly whether it is enough, where nobody knows its end, that one of the ends it
    ///   can have gives such a relation; else every one must
    record Related(Set<Allen> relations, Interval to, boolean possibly) implements Filter {
        public Related {
            relations = Set.copyOf(relations);
        }
    }
}
