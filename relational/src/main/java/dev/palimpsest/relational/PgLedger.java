package dev.palimpsest.relational;

import dev.palimpsest.model.Assertion;
import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.EntityProfile;
import dev.palimpsest.model.FactId;
import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.ObjectKind;
import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.RowId;
import dev.palimpsest.model.Source;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.Space;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.port.Row;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.time.Bookmark;
import dev.palimpsest.time.Moments;
import dev.palimpsest.time.Position;
import dev.palimpsest.time.Stretch;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/// The ledger in PostgreSQL, for reading.
///
/// What was closed after the position a caller names is shown open, as it was then: asked again at
/// the same position, every method answers the same for ever.
public final class PgLedger implements Ledger {

    private static final String HEAD =
            "select epoch, partition, last_position from ledger where partition = 0";
    private static final String SPACES =
            "select id, strict from space where not forgotten order by id";
    private static final String SPACE =
            "select id, strict from space where id = ? and not forgotten";

    private static final String POSITION_AT =
            """
            select position from change
            where space = (select no from space where id = ?) and recorded <= ?
            order by recorded desc, position desc
            limit 1
            """;

    private static final String PREDICATES =
            """
            select name, functional, causal, "symmetric", inverse, object_kind from predicate
            where space = (select no from space where id = ?)
            order by name
            """;

    private static final String SOURCES =
            """
            select id, kind, description from source
            where space = (select no from space where id = ?)
            order by id
            """;

    /// Kind 2 is an assertion, 7 a forgetting.
    private static final String TOUCHED =
            """
            select 1 from change
            where space = (select no from space where id = ?)
              and position > ? and position <= ?
              and (kind = ? or kind = ? and row_position > ? and row_position <= ?)
            limit 1
            """;

    private final Reads reads;
    private final SpaceReads ofSpace;
    private final EntityReads entities;
    private final FactReads facts;
    private final AssertionReads assertions;
    private final RowReads rows;

    public PgLedger(DataSource source) {
        this.reads = new Reads(source);
        this.ofSpace = SpaceReads.of(reads);
        this.entities = new EntityReads(ofSpace);
        this.facts = new FactReads(ofSpace);
        this.assertions = new AssertionReads(ofSpace);
        this.rows = new RowReads(ofSpace);
    }

    @Override
    public Bookmark head() {
        return reads.first(
                        "read the head of the ledger",
                        HEAD,
                        row ->
                                new Bookmark(
                                        row.getObject("epoch", UUID.class),
                                        row.getInt("partition"),
                                        new Position(row.getLong("last_position"))))
                .orElseThrow(() -> new StoreException.Corrupt("the ledger has lost its head row"));
    }

    @Override
    public List<Space> spaces() {
        return reads.list("list the spaces", SPACES, PgLedger::spaceOf);
    }

    @Override
    public Optional<Space> space(SpaceId space) {
        return ofSpace.first("read space " + space, space, SPACE, PgLedger::spaceOf, space.value());
    }

    private static Space spaceOf(ResultSet row) throws SQLException {
        return new Space(new SpaceId(row.getString("id")), row.getBoolean("strict"));
    }

    @Override
    public Position positionAt(SpaceId space, Instant knownAt) {
        return ofSpace.first(
                        "find what was known at " + knownAt,
                        space,
                        POSITION_AT,
                        row -> new Position(row.getLong("position")),
                        space.value(),
                        Moments.toMicros(knownAt))
                .orElse(Position.START);
    }

    @Override
    public boolean isUntouched(SpaceId space, Stretch said, Stretch then) {
        return ofSpace.first(
                        "find what was touched since " + then.after(),
                        space,
                        TOUCHED,
                        row -> true,
                        space.value(),
                        then.after().number(),
                        then.last().number(),
                        RowKind.FORGOTTEN.number(),
                        RowKind.ASSERTION.number(),
                        said.after().number(),
                        said.last().number())
                .isEmpty();
    }

    @Override
    public List<Predicate> predicates(SpaceId space) {
        return ofSpace.list(
                "list the predicates of " + space,
                space,
                PREDICATES,
                PgLedger::predicateOf,
                space.value());
    }

    static Predicate predicateOf(ResultSet row) throws SQLException {
        int kind = row.getInt("object_kind");
        Optional<ObjectKind> object =
                row.wasNull() ? Optional.empty() : Optional.of(Columns.kind(kind));
        return new Predicate(
                new PredicateName(row.getString("name")),
                row.getBoolean("functional"),
                row.getBoolean("causal"),
                row.getBoolean("symmetric"),
                Columns.text(row, "inverse").map(PredicateName::new),
                object);
    }

    @Override
    public List<Source> sources(SpaceId space) {
        return ofSpace.list(
                "list the sources of " + space,
                space,
                SOURCES,
                row ->
                        new Source(
                                new SourceId(row.getString("id")),
                                Columns.text(row, "kind"),
                                Columns.text(row, "description")),
                space.value());
    }

    @Override
    public Optional<EntityProfile> entity(SpaceId space, EntityId entity, Position at) {
        return entities.one(space, entity, at);
    }

    @Override
    public Page<EntityProfile> entities(
            SpaceId space, EntityFilter filter, Position at, PageRequest page) {
        return entities.many(space, filter, at, page);
    }

    @Override
    public Map<EntityId, Long> nodes(SpaceId space, Collection<EntityId> wanted) {
        return entities.nodes(space, wanted);
    }

    @Override
    public Map<Long, EntityId> entitiesOf(SpaceId space, Collection<Long> nodes) {
        return entities.ofNodes(space, nodes);
    }

    @Override
    public Page<FactVersion> facts(
            SpaceId space,
            EntityId subject,
            Optional<PredicateName> predicate,
            Optional<Instant> valid,
            Position at,
            PageRequest page) {
        return facts.about(space, subject, predicate, valid, at, page);
    }

    @Override
    public Page<FactVersion> factsTo(
            SpaceId space,
            EntityId object,
            Optional<PredicateName> predicate,
            Optional<Instant> valid,
            Position at,
            PageRequest page) {
        return facts.to(space, object, predicate, valid, at, page);
    }

    @Override
    public Page<FactVersion> believed(SpaceId space, Position at, PageRequest page) {
        return facts.believed(space, at, page);
    }

    @Override
    public Page<FactVersion> history(
            SpaceId space,
            EntityId subject,
            Optional<PredicateName> predicate,
            Position at,
            PageRequest page) {
        return facts.history(space, subject, predicate, at, page);
    }

    @Override
    public List<FactVersion> fact(SpaceId space, FactId fact, Position at) {
        return facts.versions(space, fact, at);
    }

    @Override
    public Map<FactId, List<Assertion>> assertions(SpaceId space, Set<FactId> wanted, Position at) {
        return assertions.of(space, wanted, at);
    }

    @Override
    public Map<FactId, List<Assertion>> everSaid(SpaceId space, Set<FactId> wanted, Position at) {
        return assertions.ever(space, wanted, at);
    }

    @Override
    public Page<Assertion> said(
            SpaceId space,
            EntityId subject,
            PredicateName predicate,
            Position at,
            PageRequest page) {
        return assertions.said(space, subject, predicate, at, page);
    }

    @Override
    public Map<RowId, Row> rows(SpaceId space, Collection<RowId> ids, Position at) {
        return rows.visible(space, ids, at);
    }

    @Override
    public Optional<Row.OfMemory> memory(SpaceId space, MemoryId id, Position at) {
        return rows.memory(space, id, at);
    }
}
