package dev.palimpsest.api;

import dev.palimpsest.api.Settings.Postgres;
import dev.palimpsest.api.access.AuditTrail;
import dev.palimpsest.api.access.KeyRing;
import dev.palimpsest.api.client.HttpReranker;
import dev.palimpsest.api.gremlin.SpaceGremlin;
import dev.palimpsest.api.route.Doors;
import dev.palimpsest.api.route.Readiness;
import dev.palimpsest.graph.janus.GremlinReader;
import dev.palimpsest.graph.janus.GremlinReader.Limits;
import dev.palimpsest.graph.janus.JanusGraphStore;
import dev.palimpsest.graph.janus.NodeNumbers;
import dev.palimpsest.ingest.job.Imports;
import dev.palimpsest.ingest.record.WriteDoor;
import dev.palimpsest.ingest.source.TimeOrderedIds;
import dev.palimpsest.port.ChangeFeed;
import dev.palimpsest.port.Embedder;
import dev.palimpsest.port.Embeddings;
import dev.palimpsest.port.Reranker;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.query.embed.BackgroundEmbedder;
import dev.palimpsest.query.embed.MiniLmEmbedder;
import dev.palimpsest.query.index.Followers;
import dev.palimpsest.query.index.adjacency.Adjacency;
import dev.palimpsest.query.index.lucene.LuceneTextIndex;
import dev.palimpsest.query.index.lucene.LuceneVectorIndex;
import dev.palimpsest.query.recall.Recollection;
import dev.palimpsest.query.recall.WordMeanings;
import dev.palimpsest.query.run.ContextReader;
import dev.palimpsest.query.run.CountReader;
import dev.palimpsest.query.run.QuestionReader;
import dev.palimpsest.query.run.QuestionReader.Indexes;
import dev.palimpsest.question.Reader;
import dev.palimpsest.relational.CommitSignal;
import dev.palimpsest.relational.Database;
import dev.palimpsest.relational.FreshStatistics;
import dev.palimpsest.relational.PgAudit;
import dev.palimpsest.relational.PgChangeFeed;
import dev.palimpsest.relational.PgEmbeddings;
import dev.palimpsest.relational.PgKeys;
import dev.palimpsest.relational.PgLedger;
import dev.palimpsest.relational.PgTombstones;
import dev.palimpsest.relational.archive.Backup;
import dev.palimpsest.relational.archive.SpaceImport;
import dev.palimpsest.relational.commit.PgRecorder;
import dev.palimpsest.relational.server.PostgresServer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The whole store in one process, wired: the ledger, what is computed from it, and the doors.
///
/// What does not need the ledger opens while PostgreSQL starts. Closing goes the other way round:
/// first nothing more is written, then followers stop, then what they keep is closed, the ledger
/// last.
public final class Palimpsest implements AutoCloseable {

    /// A question or a count that takes longer is given up.
    private static final Duration LONGEST_QUESTION = Duration.ofSeconds(20);

    private static final Logger LOG = LoggerFactory.getLogger(Palimpsest.class);

    private final Opened opened;
    private final Optional<PostgresServer> postgres;
    private final Path databaseLog;
    private final Doors doors;
    private final Inside inside;

    private Palimpsest(
            Opened opened,
            Optional<PostgresServer> postgres,
            Path databaseLog,
            Doors doors,
            Inside inside) {
        this.opened = opened;
        this.postgres = postgres;
        this.databaseLog = databaseLog;
        this.doors = doors;
        this.inside = inside;
    }

    /// What no door leads to, for whoever shares this process and measures.
    ///
    /// @param exact answers as the reader of the doors does, but without its short cuts
    /// @param feed gives out all rows there are
    public record Inside(
            Embedder embedder,
            Embeddings embeddings,
            Reader exact,
            ChangeFeed feed,
            Followers followers) {}

    /// Opens what lies in `folder`, or makes it.
    ///
    /// @throws Failure if something cannot be opened, with a line that says why
    public static Palimpsest open(DataFolder folder, Settings settings) {
        return open(folder, settings, InstantSource.system());
    }

    /// Likewise, by another clock than the system's.
    public static Palimpsest open(DataFolder folder, Settings settings, InstantSource clock) {
        var opened = new Opened();
        try {
            return open(folder, settings, clock, opened);
        } catch (RuntimeException e) {
            opened.close();
            throw e instanceof Failure
                    ? e
                    : Failure.untried("cannot open " + folder.root() + ": " + e.getMessage(), e);
        }
    }

    private static Palimpsest open(
            DataFolder folder, Settings settings, InstantSource clock, Opened opened) {
        try (var starting = new Starting()) {
            var graphBegun = starting.begin(() -> opened.keep(graph(folder)));
            var text = opened.keep(new LuceneTextIndex(folder.text()));
            var embedder = opened.keep(new MiniLmEmbedder());
            var postgres = postgres(folder, settings).map(opened::keep);
            var source = opened.keep(database(postgres, settings.postgres())).dataSource();
            var signal = new CommitSignal();
            var feed = new PgChangeFeed(source, signal);
            var ledger = new PgLedger(source);
            var embeddings = new PgEmbeddings(source);
            var background = opened.keep(new BackgroundEmbedder(embedder));
            var vectors =
                    opened.keep(new LuceneVectorIndex(folder.vectors(), embeddings, background));
            var adjacency = opened.keep(Adjacency.in(folder.adjacency()));
            var recollection = opened.keep(new Recollection());
            var words = opened.keep(new WordMeanings(embeddings, embedder));
            var graph = starting.await(graphBegun);
            var projection = graph.projection();
            var followers =
                    opened.keep(
                            new Followers(
                                    feed,
                                    List.of(projection, text, adjacency),
                                    List.of(vectors, recollection, words)));
            opened.keep(FreshStatistics.start(source, signal, ledger.head().position()));
            var recorder = opened.keep(PgRecorder.open(source, clock, signal::committed));
            var tombstones = new PgTombstones(source);
            var cleaning = opened.keep(Cleaning.start(tombstones, followers));
            var audit =
                    opened.keep(
                            AuditTrail.start(
                                    new PgAudit(source), clock, settings.entry().auditReads()));
            var writes = new WriteDoor(cleaning.wokenBy(recorder), followers);
            var imports =
                    opened.keep(new Imports(folder.imports(), writes, ledger, clock, ids(clock)));
            var upkeep = new StoreUpkeep(feed, ledger, followers, recorder::trouble);
            var indexes =
                    new Indexes(
                            upkeep.followed(text),
                            upkeep.followed(vectors),
                            upkeep.followed(adjacency),
                            upkeep.followed(recollection),
                            words);
            var reader =
                    new QuestionReader(
                            ledger,
                            indexes,
                            new QuestionReader.Models(embedder, reranker(settings, opened)),
                            followers,
                            clock,
                            LONGEST_QUESTION);
            var doors =
                    new Doors(
                            ledger,
                            feed,
                            tombstones,
                            writes,
                            imports,
                            reader,
                            new CountReader(ledger, indexes, followers, clock, LONGEST_QUESTION),
                            new ContextReader(reader),
                            new SpaceGremlin(
                                    new GremlinReader(graph, NodeNumbers.of(ledger), Limits.USUAL),
                                    ledger,
                                    upkeep.followed(projection).position(),
                                    clock),
                            upkeep,
                            new LedgerBackup(
                                    new Backup(source),
                                    new SpaceImport(source, recorder),
                                    cleaning::wake,
                                    clock),
                            new KeyRing(new PgKeys(source), clock),
                            audit,
                            upkeep::readiness,
                            Meters.of(settings.data(), feed, followers, recorder),
                            clock);
            var inside = new Inside(embedder, embeddings, reader.exactly(), feed, followers);
            return new Palimpsest(opened, postgres, folder.databaseLog(), doors, inside);
        }
    }

    /// A graph that cannot be read is made anew: the ledger has all of it.
    private static JanusGraphStore graph(DataFolder folder) {
        try {
            return JanusGraphStore.open(folder.graph());
        } catch (StoreException.Corrupt e) {
            LOG.error("the graph cannot be read and is made anew", e);
            JanusGraphStore.discard(folder.graph());
            return JanusGraphStore.open(folder.graph());
        }
    }

    private static TimeOrderedIds ids(InstantSource clock) {
        return new TimeOrderedIds(clock, new SecureRandom());
    }

    private static Optional<Reranker> reranker(Settings settings, Opened opened) {
        return settings.reranker().map(of -> opened.keep(new HttpReranker(of)));
    }

    static Optional<PostgresServer> postgres(DataFolder folder, Settings settings) {
        return settings.postgres().isPresent()
                ? Optional.empty()
                : Optional.of(PostgresServer.start(folder.ledger()));
    }

    static Database database(Optional<PostgresServer> own, Optional<Postgres> foreign) {
        return own.map(Database::open)
                .orElseGet(() -> Database.open(foreign.orElseThrow().jdbcUrl()));
    }

    /// What the HTTP door, and whoever shares this process, leads to.
    public Doors doors() {
        return doors;
    }

    /// What no door leads to.
    public Inside inside() {
        return inside;
    }

    /// Whether everything known at the start can be found.
    public Readiness readiness() {
        return doors.readiness().get();
    }

    /// Whether our own database, if we have one, is still there.
    public boolean isAlive() {
        return postgres.map(PostgresServer::isAlive).orElse(true);
    }

    /// Where our own database says what it does.
    public Path databaseLog() {
        return databaseLog;
    }

    @Override
    public void close() {
        opened.close();
    }
}
