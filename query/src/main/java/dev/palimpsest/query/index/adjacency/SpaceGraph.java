package dev.palimpsest.query.index.adjacency;

import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.RowId;
import dev.palimpsest.port.Projection.HeldRow;
import dev.palimpsest.port.Row;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Moments;
import dev.palimpsest.time.Position;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;

/// The graph of one space: every version of every fact between entities, and of every fact that
/// says when an entity exists, closed ones too.
///
/// Edges hang on their nodes as linked lists of version numbers, newest first. One thread changes
/// the graph, holding the write lock for a batch; readers hold the read lock for a walk. A walk at
/// snapshot P is not disturbed by a later batch, since that only adds versions recorded after P and
/// closes others after P.
final class SpaceGraph {

    static final int NONE = -1;

    private static final int FIRST = 64;

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final NodeTable nodes = new NodeTable();
    private final Versions versions = new Versions();
    private final PredicateTable predicates = new PredicateTable();
    private final Delays delays = new Delays();

    /// By the ledger's nodes.
    private final BitSet everEvents = new BitSet();

    // By node.
    private int[] firstOut = filled(FIRST);
    private int[] firstIn = filled(FIRST);
    private int[] firstExistence = filled(FIRST);

    // By version; an existence has no object and uses only nextOut.
    private int[] subject = new int[FIRST];
    private int[] object = new int[FIRST];
    private int[] predicate = new int[FIRST];
    private double[] chance = new double[FIRST];
    private int[] delay = new int[FIRST];
    private int[] nextOut = new int[FIRST];
    private int[] nextIn = new int[FIRST];

    void apply(List<Row> rows) {
        apply(
                rows.stream()
                        .filter(Row.OfPredicate.class::isInstance)
                        .map(row -> ((Row.OfPredicate) row).predicate())
                        .toList(),
                rows.stream().flatMap(row -> Arc.of(row).stream()).toList());
    }

    void apply(List<Predicate> registered, List<Arc> arcs) {
        lock.writeLock().lock();
        try {
            registered.forEach(predicates::register);
            arcs.forEach(this::apply);
            predicates.settle();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /// Reads while nobody writes.
    <T> T read(Function<SpaceGraph, T> reading) {
        lock.readLock().lock();
        try {
            return reading.apply(this);
        } finally {
            lock.readLock().unlock();
        }
    }

    private void apply(Arc arc) {
        int known = versions.find(arc.row());
        if (known != Versions.ABSENT) {
            versions.close(known, arc.untilPosition());
            return;
        }
        int added = versions.add(arc);
        ensureRoomForVersion(added);
        subject[added] = nodes.number(arc.subject());
        predicate[added] = predicates.number(arc.predicate());
        chance[added] = arc.chance();
        delay[added] = arc.delay().map(delays::add).orElse(NONE);
        if (arc.object().isEmpty()) {
            ensureRoomForNodes();
            object[added] = NONE;
            nextOut[added] = firstExistence[subject[added]];
            firstExistence[subject[added]] = added;
            if (arc.validSureUntil() != Moments.OPEN) {
                everEvents.set(Math.toIntExact(arc.subject()));
            }
            return;
        }
        object[added] = nodes.number(arc.object().getAsLong());
        ensureRoomForNodes();
        nextOut[added] = firstOut[subject[added]];
        firstOut[subject[added]] = added;
        nextIn[added] = firstIn[object[added]];
        firstIn[object[added]] = added;
    }

    /// A version that is not dropped, as it was taken in.
    Arc arc(int version) {
        return new Arc(
                versions.row(version),
                versions.validFrom(version),
                versions.validSureUntil(version),
                versions.validUntil(version),
                versions.fromPosition(version),
                versions.untilPosition(version),
                nodes.node(subject[version]),
                object[version] == NONE
                        ? OptionalLong.empty()
                        : OptionalLong.of(nodes.node(object[version])),
                predicates.name(predicate[version]),
                chance[version],
                delay[version] == NONE
                        ? Optional.empty()
                        : Optional.of(delays.get(delay[version])));
    }

    /// Drops a version; its number stays, and nothing is known of it.
    void drop(RowId row) {
        lock.writeLock().lock();
        try {
            int known = versions.find(row);
            if (known != Versions.ABSENT) {
                versions.drop(known);
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /// Drops every version about a node or with it as object.
    void dropNode(long node) {
        lock.writeLock().lock();
        try {
            int number = nodes.find(node);
            if (number == NodeTable.ABSENT) {
                return;
            }
            dropAll(firstOut[number], nextOut);
            dropAll(firstIn[number], nextIn);
            dropAll(firstExistence[number], nextOut);
            if (node <= Integer.MAX_VALUE) {
                everEvents.clear((int) node);
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void dropAll(int first, int[] next) {
        for (int version = first; version != NONE; version = next[version]) {
            versions.drop(version);
        }
    }

    NodeTable nodes() {
        return nodes;
    }

    Versions versions() {
        return versions;
    }

    PredicateTable predicates() {
        return predicates;
    }

    int subject(int version) {
        return subject[version];
    }

    int object(int version) {
        return object[version];
    }

    int predicate(int version) {
        return predicate[version];
    }

    /// How likely a causal fact passes its cause on: its strength times how sure its source is,
    /// each 1 if nobody gave one.
    double chance(int version) {
        return chance[version];
    }

    /// How well a time between cause and effect fits what is said of the delay of a causal fact, 0
    /// to 1.
    double likelihood(int version, long micros) {
        return delay[version] == NONE ? 1 : delays.likelihood(delay[version], micros);
    }

    /// The newest fact about `node`, or [#NONE]; [#nextOut] gives the others.
    int firstOut(int node) {
        return firstOut[node];
    }

    int nextOut(int version) {
        return nextOut[version];
    }

    /// The newest fact with `node` as its object, or [#NONE]; [#nextIn] gives the others.
    int firstIn(int node) {
        return firstIn[node];
    }

    int nextIn(int version) {
        return nextIn[version];
    }

    /// Whether a fact is visible at `at` and holds.
    boolean counts(int version, Holding holding, Position at) {
        return versions.visibleAt(version, at)
                && holding.admits(
                        versions.validFrom(version),
                        versions.validSureUntil(version),
                        versions.validUntil(version),
                        () -> isEvent(subject[version], at));
    }

    /// The version that says when `node` exists, as its profile has it: of those visible at `at`
    /// the one that starts last; [#NONE] if none is.
    int existence(int node, Position at) {
        int last = NONE;
        for (int one = firstExistence[node]; one != NONE; one = nextOut[one]) {
            if (versions.visibleAt(one, at)
                    && (last == NONE || versions.validFrom(one) > versions.validFrom(last))) {
                last = one;
            }
        }
        return last;
    }

    /// Whether `node` is an event: its existence has an end.
    boolean isEvent(int node, Position at) {
        int existence = existence(node, at);
        return existence != NONE && versions.validSureUntil(existence) != Moments.OPEN;
    }

    /// For how long an event surely took place; empty if the node is none.
    Optional<Interval> event(int node, Position at) {
        int existence = existence(node, at);
        return existence == NONE || versions.validSureUntil(existence) == Moments.OPEN
                ? Optional.empty()
                : Optional.of(
                        Interval.between(
                                Moments.fromMicros(versions.validFrom(existence)),
                                Moments.fromMicros(versions.validSureUntil(existence))));
    }

    /// Every node that is or was an event at some position; a copy.
    BitSet everEvents() {
        return (BitSet) everEvents.clone();
    }

    void rows(Consumer<HeldRow> sink) {
        for (int version = 0; version < versions.size(); version++) {
            if (versions.isDropped(version)) {
                continue;
            }
            sink.accept(
                    new HeldRow(
                            versions.row(version),
                            versions.fromPosition(version),
                            versions.untilPosition(version)));
        }
    }

    private void ensureRoomForVersion(int version) {
        if (version >= subject.length) {
            int length = subject.length * 2;
            subject = Arrays.copyOf(subject, length);
            object = Arrays.copyOf(object, length);
            predicate = Arrays.copyOf(predicate, length);
            chance = Arrays.copyOf(chance, length);
            delay = Arrays.copyOf(delay, length);
            nextOut = Arrays.copyOf(nextOut, length);
            nextIn = Arrays.copyOf(nextIn, length);
        }
    }

    private void ensureRoomForNodes() {
        while (nodes.size() > firstOut.length) {
            int before = firstOut.length;
            firstOut = Arrays.copyOf(firstOut, before * 2);
            firstIn = Arrays.copyOf(firstIn, before * 2);
            firstExistence = Arrays.copyOf(firstExistence, before * 2);
            Arrays.fill(firstOut, before, before * 2, NONE);
            Arrays.fill(firstIn, before, before * 2, NONE);
            Arrays.fill(firstExistence, before, before * 2, NONE);
        }
    }

    private static int[] filled(int length) {
        var array = new int[length];
        Arrays.fill(array, NONE);
        return array;
    }
}
