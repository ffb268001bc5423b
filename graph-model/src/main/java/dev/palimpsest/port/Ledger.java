package dev.palimpsest.port;

import dev.palimpsest.model.Assertion;
import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.EntityProfile;
import dev.palimpsest.model.EntityType;
import dev.palimpsest.model.FactId;
import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.RowId;
import dev.palimpsest.model.Source;
import dev.palimpsest.model.Space;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.time.Bookmark;
import dev.palimpsest.time.Position;
import dev.palimpsest.time.Stretch;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Reads what the ledger holds, as it was at a position. Safe for use by many threads.
///
/// Every method throws [StoreException] when the store cannot answer; none returns null. What lies
/// in another space is not there. Pages hold at most [#LONGEST_PAGE] elements.
public interface Ledger {

    int LONGEST_PAGE = 1_000;

    /// Everything durable now is at or before it.
    Bookmark head();

    List<Space> spaces();

    Optional<Space> space(SpaceId space);

    /// The last position whose recorded time in this space is not after `knownAt`; [Position#START]
    /// if there is none.
    Position positionAt(SpaceId space, Instant knownAt);

    List<Predicate> predicates(SpaceId space);

    List<Source> sources(SpaceId space);

    /// The profile visible at `at`; empty if the entity was not yet mentioned then.
    Optional<EntityProfile> entity(SpaceId space, EntityId entity, Position at);

    /// Profiles visible at `at`, by entity id.
    Page<EntityProfile> entities(SpaceId space, EntityFilter filter, Position at, PageRequest page);

    /// The nodes of entities; unknown ones are left out.
    Map<EntityId, Long> nodes(SpaceId space, Collection<EntityId> entities);

    /// The entities of nodes; those of other spaces and of memories are left out.
    Map<Long, EntityId> entitiesOf(SpaceId space, Collection<Long> nodes);

    /// Versions of facts about `subject` visible at `at` that hold at `valid`, or at any valid time
    /// if that is empty; by predicate, then valid time.
    Page<FactVersion> facts(
            SpaceId space,
            EntityId subject,
            Optional<PredicateName> predicate,
            Optional<Instant> valid,
            Position at,
            PageRequest page);

    /// Versions of facts with `object` as their object, likewise.
    Page<FactVersion> factsTo(
            SpaceId space,
            EntityId object,
            Optional<PredicateName> predicate,
            Optional<Instant> valid,
            Position at,
            PageRequest page);

    /// Versions of all facts of the space visible at `at`, at any valid time, in the order they
    /// were recorded. Reads the ledger from its beginning: for whoever keeps what it reads.
    Page<FactVersion> believed(SpaceId space, Position at, PageRequest page);

    /// Every version of facts about `subject` recorded up to `at`, closed ones too, by recorded
    /// time.
    Page<FactVersion> history(
            SpaceId space,
            EntityId subject,
            Optional<PredicateName> predicate,
            Position at,
            PageRequest page);

    /// All versions of one fact recorded up to `at`, by recorded time; empty if there is none.
    List<FactVersion> fact(SpaceId space, FactId fact, Position at);

    /// What sources say at `at` about each of these facts, last said first.
    Map<FactId, List<Assertion>> assertions(SpaceId space, Set<FactId> facts, Position at);

    /// What sources ever said up to `at` about each of these facts, taken back or not, last said
    /// first.
    Map<FactId, List<Assertion>> everSaid(SpaceId space, Set<FactId> facts, Position at);

    /// Everything ever said of one subject and predicate up to `at`, closed rows too, by recorded
    /// time.
    Page<Assertion> said(
            SpaceId space,
            EntityId subject,
            PredicateName predicate,
            Position at,
            PageRequest page);

    /// Whether nothing that was recorded in `then` ended what sources said in `said`, before it, or
    /// forgot something of the space.
    boolean isUntouched(SpaceId space, Stretch said, Stretch then);

    /// The rows of these ids that are visible at `at`; a row that is closed, in another space or
    /// not there is left out. Facts with nodes and sources, as a projection gets them.
    Map<RowId, Row> rows(SpaceId space, Collection<RowId> ids, Position at);

    /// The memory of that id, if kept at or before `at`.
    Optional<Row.OfMemory> memory(SpaceId space, MemoryId id, Position at);

    /// The node of one entity.
    default OptionalLong node(SpaceId space, EntityId entity) {
        var node = nodes(space, List.of(entity)).get(entity);
        return node == null ? OptionalLong.empty() : OptionalLong.of(node);
    }

    /// Which entities.
    ///
    /// @param namePrefix of the name or an alias, whatever its case
    record EntityFilter(Optional<EntityType> type, Optional<String> namePrefix) {
        public static final EntityFilter ALL = new EntityFilter(Optional.empty(), Optional.empty());
    }

    /// Which page: at most `size` elements after the place `after` that the page before named.
    record PageRequest(int size, Optional<String> after) {
        public PageRequest {
            if (size < 1 || size > LONGEST_PAGE) {
                throw new IllegalArgumentException(
                        "limit must lie between 1 and " + LONGEST_PAGE + ": " + size);
            }
        }

        public static PageRequest first(int size) {
            return new PageRequest(size, Optional.empty());
        }
    }

    /// @param next hand it in to get the page after; empty on the last
    record Page<T>(List<T> elements, Optional<String> next) {
        public Page {
            elements = List.copyOf(elements);
        }
    }
}
