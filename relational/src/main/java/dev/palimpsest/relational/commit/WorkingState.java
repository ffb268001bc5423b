package dev.palimpsest.relational.commit;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.FactId;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.RowId;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.WriteRequest.IdempotencyKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The ledger as one batch sees and changes it, in memory: seeded with what is visible of all it
/// touches, then changed item by item, so that each sees the effects of those before it.
///
/// Nothing here outlives the batch. Only when its transaction is committed does
/// [Remembered#takeOver] keep what is worth keeping; if it fails, all of this is dropped.
final class WorkingState {

    final Journal journal = new Journal();

    /// The time at which the batch was begun, in microseconds.
    final long now;

    private final Head start;
    private Head head;

    final Map<SpaceId, SpaceRow> spaces = new HashMap<>();
    final JournaledMap<Integer, Long> lastRecorded = map();
    final JournaledMap<InSpace<EntityId>, Long> nodes = map();
    final JournaledMap<InSpace<SourceId>, SourceRow> sources = map();
    final JournaledMap<InSpace<PredicateName>, PredicateRow> predicates = map();
    final JournaledMap<Integer, PredicateRow> predicatesByNumber = map();
    final JournaledMap<InSpace<MemoryId>, ContentHash> memories = map();
    final JournaledMap<FactId, FactKey> facts = map();
    final JournaledMap<Topic, TopicRows> topics = map();
    final JournaledMap<Pair, Set<FactId>> newFacts = map();
    final Map<Pair, Set<FactId>> heldFacts = new HashMap<>();
    final JournaledMap<Long, ProfileRow> profiles = map();
    final JournaledMap<InSpace<String>, Answer> answers = map();

    /// Those of the names a batch uses that are forgotten.
    final Set<InSpace<Tombstone>> forgotten = new HashSet<>();

    final Touched touched = new Touched();

    WorkingState(Head start, long now) {
        this.start = start;
        this.head = start;
        this.now = now;
    }

    /// What the batch is to write, as it stands at its end.
    final class Touched {
        final JournaledMap<Long, EntityRow> entities = map();
        final JournaledMap<Integer, SourceRow> sources = map();
        final JournaledMap<Integer, PredicateRow> predicates = map();
        final JournaledMap<RowId, AssertionRow> assertions = map();
        final JournaledMap<RowId, VersionRow> versions = map();
        final JournaledMap<RowId, ProfileRow> profiles = map();
        final JournaledMap<RowId, MemoryRow> memories = map();
        final JournaledMap<ChangeKey, Change> changes = map();
        final JournaledMap<InSpace<String>, Answer> answers = map();
    }

    record ChangeKey(long position, int ordinal) {}

    /// An answer kept under a key.
    ///
    /// @param json as [AnswerText] writes it
    record Answer(IdempotencyKey key, String json, long recorded) {}

    private <K, V> JournaledMap<K, V> map() {
        return new JournaledMap<>(journal);
    }

    UUID epoch() {
        return start.epoch();
    }

    /// The head when the batch was begun.
    Head start() {
        return start;
    }

    Head head() {
        return head;
    }

    void moveTo(Head next) {
        var before = head;
        journal.add(() -> head = before);
        head = next;
    }

    long newNode() {
        long node = head.node() + 1;
        moveTo(head.withNode(node));
        return node;
    }

    /// Whether it came to be in this batch, so that the ledger on disk has nothing about it.
    boolean isNew(long node) {
        return node > start.node();
    }

    /// Whether a row was made in this batch and is to be inserted.
    boolean isNewRow(long fromPosition) {
        return fromPosition > start.position();
    }

    boolean hasNothingToWrite() {
        return touched.changes.values().isEmpty()
                && touched.answers.values().isEmpty()
                && touched.predicates.values().isEmpty();
    }

    void seed(PredicateRow predicate) {
        predicates.seed(new InSpace<>(predicate.space(), predicate.predicate().name()), predicate);
        predicatesByNumber.seed(predicate.no(), predicate);
    }

    void put(PredicateRow predicate) {
        predicates.put(new InSpace<>(predicate.space(), predicate.predicate().name()), predicate);
        predicatesByNumber.put(predicate.no(), predicate);
        touched.predicates.put(predicate.no(), predicate);
    }

    void put(SourceRow source) {
        sources.put(new InSpace<>(source.space(), source.source().id()), source);
        touched.sources.put(source.no(), source);
    }

    PredicateRow predicate(int number) {
        return predicatesByNumber
                .find(number)
                .orElseThrow(() -> new IllegalStateException("predicate not loaded: " + number));
    }

    /// Facts of a multi-valued predicate that were first said in this batch.
    void addNewFact(FactKey key) {
        var pair = new Pair(key.subject(), key.predicate());
        var known = newFacts.find(pair).orElse(Set.of());
        if (!known.contains(key.fact())) {
            var more = new HashSet<>(known);
            more.add(key.fact());
            newFacts.put(pair, more);
        }
    }

    Optional<Long> lastRecorded(int space) {
        return lastRecorded.find(space);
    }
}
