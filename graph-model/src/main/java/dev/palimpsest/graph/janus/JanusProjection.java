package dev.palimpsest.graph.janus;

import com.sleepycat.je.LockConflictException;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Gone;
import dev.palimpsest.port.Projection;
import dev.palimpsest.port.Row;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.time.Position;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.janusgraph.core.JanusGraphTransaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The ledger's facts as a graph: writes row images into a [JanusGraphStore].
///
/// All writing happens on the store's one writing thread, so two callers cannot make the same
/// vertex twice. A batch and its checkpoint are one transaction, or, when it is long, the
/// checkpoint is in the last; a transaction that meets a lock is done again from its beginning.
public final class JanusProjection implements Projection {

    private static final Logger LOG = LoggerFactory.getLogger(JanusProjection.class);

    private static final int ROWS_PER_TRANSACTION = 2_000;
    private static final int MOST_TRIES = 8;

    private final JanusGraphStore store;
    private final KnownVertices known = new KnownVertices();
    private volatile Optional<Checkpoint> reached;

    /// Where [#reached] was read or written; used by the writing thread.
    private JanusGraphStore.Opened followed;

    JanusProjection(JanusGraphStore store) {
        this.store = store;
        this.followed = store.write(now -> now);
        this.reached = store.write(JanusProjection::read);
    }

    @Override
    public String name() {
        return "graph";
    }

    @Override
    public Optional<Checkpoint> checkpoint() {
        return reached;
    }

    @Override
    public void apply(List<Row> rows, Checkpoint upTo) {
        store.write(now -> {
            requireFollowed(now);
            prepareNames(now.schema(), rows);
            int from = 0;
            do {
                int to = Math.min(rows.size(), from + ROWS_PER_TRANSACTION);
                var part = rows.subList(from, to);
                boolean last = to == rows.size();
                known.add(retrying(now, writing -> write(now, writing, part, last, upTo)));
                from = to;
            } while (from < rows.size());
            reached = Optional.of(upTo);
            return reached;
        });
    }

    @Override
    public void drop(List<Gone> gone) {
        store.write(now -> {
            requireFollowed(now);
            known.clear();
            for (int from = 0; from < gone.size(); from += ROWS_PER_TRANSACTION) {
                var part = gone.subList(from, Math.min(gone.size(), from + ROWS_PER_TRANSACTION));
                retrying(
                        now,
                        writing -> {
                            new GraphDrop(writing, now).drop(part);
                            return part;
                        });
            }
            for (var one : gone) {
                if (one instanceof Gone.OfSpace(var space)) {
                    drop(now, space);
                }
            }
            return gone;
        });
    }

    private void drop(JanusGraphStore.Opened now, SpaceId space) {
        int dropped;
        do {
            dropped =
                    retrying(
                            now,
                            writing ->
                                    new GraphDrop(writing, now)
                                            .dropSome(space, ROWS_PER_TRANSACTION));
        } while (dropped > 0);
    }

    /// The log of BerkeleyJE is cleaned by itself, when half of a file is dead; only building the
    /// graph again leaves nothing behind at once. What was committed is written, and is forced to
    /// the disk here: no power cut brings back what was dropped.
    @Override
    public void scour(SpaceId space) {
        store.force();
    }

    @Override
    public Position covers() {
        return reached.map(Checkpoint::position).orElse(Position.START);
    }

    @Override
    public void clear() {
        store.replaceByEmpty();
        reached = Optional.empty();
    }

    @Override
    public void rows(SpaceId space, Consumer<HeldRow> sink) {
        store.write(now -> {
            var transaction = GraphSettings.reading(now.graph());
            try {
                new HeldRows(transaction, now.schema()).of(space, sink);
                return space;
            } finally {
                transaction.rollback();
            }
        });
    }

    /// Facts and memories; of a profile the graph keeps but the type.
    @Override
    public boolean holds(Row row) {
        return switch (row) {
            case Row.OfFact _, Row.OfMemory _ -> true;
            case Row.OfEntity _, Row.OfPredicate _, Row.OfProfile _ -> false;
        };
    }

    private static Optional<Checkpoint> read(JanusGraphStore.Opened now) {
        var transaction = GraphSettings.reading(now.graph());
        try {
            return new CheckpointVertex(transaction, now.graph().getIDManager()).checkpoint();
        } finally {
            transaction.rollback();
        }
    }

    /// A graph that was opened again may stand elsewhere: then it is followed from there, and not
    /// from where whoever calls this thinks.
    private void requireFollowed(JanusGraphStore.Opened now) {
        if (now.equals(followed)) {
            return;
        }
        var held = read(now);
        followed = now;
        known.clear();
        if (!held.equals(reached)) {
            reached = held;
            throw new StoreException.Unavailable(
                    "the graph was opened again, and follows from where it stands");
        }
    }

    /// @return the entities whose vertices are known once this is committed
    private Map<Long, SpaceId> write(
            JanusGraphStore.Opened now,
            JanusGraphTransaction transaction,
            List<Row> rows,
            boolean last,
            Checkpoint upTo) {
        var checkpoint = new CheckpointVertex(transaction, now.graph().getIDManager());
        checkpoint
                .checkpoint()
                .filter(held -> !held.equals(Checkpoint.UNFINISHED))
                .filter(held -> !held.epoch().equals(upTo.epoch()))
                .ifPresent(held -> {
                    throw new StoreException.Corrupt(
                            "the graph followed the ledger's epoch "
                                    + held.epoch()
                                    + ", not "
                                    + upTo.epoch()
                                    + ": rebuild it");
                });
        var batch = new GraphBatch(transaction, now, known, checkpoint.highest());
        batch.apply(rows);
        checkpoint.reach(batch.highest());
        if (last) {
            checkpoint.moveTo(upTo);
        }
        return batch.named();
    }

    private <T> T retrying(JanusGraphStore.Opened now, Function<JanusGraphTransaction, T> work) {
        List<RuntimeException> before = new ArrayList<>();
        for (int attempt = 1; ; attempt++) {
            var transaction = GraphSettings.writing(now.graph());
            try {
                T done = work.apply(transaction);
                store.commit(transaction);
                return done;
            } catch (RuntimeException e) {
                if (transaction.isOpen()) {
                    transaction.rollback();
                }
                if (attempt == MOST_TRIES || !isLockConflict(e)) {
                    before.forEach(e::addSuppressed);
                    throw e;
                }
                before.add(e);
                LOG.info("a transaction of the graph met a lock, try {}", attempt + 1);
            }
        }
    }

    private static boolean isLockConflict(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof LockConflictException) {
                return true;
            }
        }
        return false;
    }

    private static void prepareNames(GraphSchema schema, List<Row> rows) {
        var uses = new LinkedHashSet<GraphSchema.Use>();
        var labels = new LinkedHashSet<String>();
        labels.add(GraphBatch.FIRST_LABEL);
        for (Row row : rows) {
            switch (row) {
                case Row.OfFact fact ->
                        uses.add(
                                new GraphSchema.Use(
                                        fact.space(),
                                        fact.version().predicate().value(),
                                        fact.version().object().kind()));
                case Row.OfProfile profile ->
                        labels.add(GraphNames.label(profile.profile().type()));
                case Row.OfEntity _, Row.OfPredicate _, Row.OfMemory _ -> {}
            }
        }
        schema.prepare(uses, labels);
    }
}
