package dev.palimpsest.relational.commit;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palimpsest.model.Profile;
import dev.palimpsest.port.Forgetting;
import dev.palimpsest.port.Forgetting.Target;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.time.Moments;
import dev.palimpsest.time.Position;
import dev.palimpsest.time.Stamp;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Carries out one forgetting in a transaction of its own, at a position of its own.
final class Forgetter {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Session session;
    private final WorkingState state;
    private final Desk desk;

    Forgetter(Session session, WorkingState state) {
        this.session = session;
        this.state = state;
        this.desk = Desk.of(state, session.rows(), session.numbers());
    }

    /// Does all of it but the commit.
    Forgetting.Report forget(Forgetting wanted) throws SQLException {
        var space = session.names().space(wanted.space()).map(NameReader.HeldSpace::row);
        if (space.isEmpty()) {
            if (session.names().isSpaceForgotten(Tombstone.of(wanted.space()))) {
                return already();
            }
            throw StoreException.NotFound.space(wanted.space());
        }
        var tombstone = Tombstone.of(wanted.space(), wanted.target());
        var erasure = new Erasure(session.connection(), desk, entry(space.get()), space.get().no());
        if (!erase(erasure, wanted.target())) {
            if (session.names().isForgotten(space.get().no(), tombstone)) {
                return already();
            }
            throw new StoreException.NotFound(
                    "there is no such "
                            + tombstone.kind().word()
                            + " in space '"
                            + wanted.space()
                            + "'");
        }
        erasure.unreadAll();
        erasure.entry().forgot();
        bury(erasure, tombstone, wanted.reason());
        new BatchWriter(session.connection(), state).write(session.partition());
        return new Forgetting.Report(
                session.bookmark(state.head()), true, erasure.touched(), erasure.left());
    }

    private Forgetting.Report already() {
        return new Forgetting.Report(session.bookmark(), false, Map.of(), List.of());
    }

    private Entry entry(SpaceRow space) throws SQLException {
        var head = state.head();
        long recorded = Math.max(head.recorded() + 1, state.now);
        state.moveTo(head.stamped(head.position() + 1, recorded));
        for (var predicate :
                session.names()
                        .predicates(
                                Profile.PREDICATES.stream()
                                        .map(part -> new InSpace<>(space.no(), part.name()))
                                        .toList())) {
            state.seed(predicate);
        }
        return new Entry(
                state,
                space.no(),
                new Stamp(new Position(head.position() + 1), Moments.fromMicros(recorded)));
    }

    /// @return whether there was anything
    private boolean erase(Erasure erasure, Target target) throws SQLException {
        int space = erasure.space();
        switch (target) {
            case Target.OfEntity(var id) -> {
                var node = number("select node from entity where space = ? and id = ?", space, id);
                if (node.isEmpty()) {
                    return false;
                }
                new EntityErasure(erasure, id, node.getAsLong()).erase();
            }
            case Target.OfMemory(var id) -> {
                if (number("select node from memory where space = ? and id = ?", space, id)
                        .isEmpty()) {
                    return false;
                }
                new MemoryErasure(erasure).erase("space = ? and id = ?", space, id.value());
            }
            case Target.OfSource(var id) -> {
                var no = number("select no from source where space = ? and id = ?", space, id);
                if (no.isEmpty()) {
                    return false;
                }
                new SourceErasure(erasure, id, Math.toIntExact(no.getAsLong())).erase();
            }
            case Target.Everything() -> new SpaceErasure(erasure).erase();
        }
        return true;
    }

    private OptionalLong number(String sql, int space, Object id) throws SQLException {
        try (var query = session.connection().prepareStatement(sql)) {
            query.setInt(1, space);
            query.setString(2, id.toString());
            try (var row = query.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    private void bury(Erasure erasure, Tombstone tombstone, String reason) throws SQLException {
        erasure.change(
                """
                insert into forgotten
                       (position, space, kind, id_sha256, reason, recorded, report, cleaned)
                values (?, ?, ?, ?, ?, ?, ?, false)
                """,
                erasure.entry().position(),
                erasure.space(),
                (int) tombstone.kind().code(),
                tombstone.bytes(),
                reason,
                Moments.toMicros(erasure.entry().stamp().at()),
                JSON.valueToTree(erasure.touched()).toString());
    }
}
