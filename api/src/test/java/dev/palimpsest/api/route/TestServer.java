package dev.palimpsest.api.route;

import dev.palimpsest.api.access.AuditTrail;
import dev.palimpsest.api.access.KeyRing;
import dev.palimpsest.api.gremlin.GremlinDoor;
import dev.palimpsest.ingest.job.Imports;
import dev.palimpsest.ingest.record.WriteDoor;
import dev.palimpsest.ingest.source.InvalidField;
import dev.palimpsest.ingest.source.TimeOrderedIds;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.port.Recorder;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.port.Visibility;
import dev.palimpsest.question.Answer;
import dev.palimpsest.question.Context;
import dev.palimpsest.question.ContextQuestion;
import dev.palimpsest.question.Count;
import dev.palimpsest.question.Counted;
import dev.palimpsest.question.Question;
import dev.palimpsest.relational.CommitSignal;
import dev.palimpsest.relational.Database;
import dev.palimpsest.relational.PgAudit;
import dev.palimpsest.relational.PgChangeFeed;
import dev.palimpsest.relational.PgKeys;
import dev.palimpsest.relational.PgLedger;
import dev.palimpsest.relational.PgTombstones;
import dev.palimpsest.relational.TestDatabases;
import dev.palimpsest.relational.commit.PgRecorder;
import dev.palimpsest.time.Position;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/// The HTTP door over a ledger of its own in PostgreSQL. What lies behind the other doors - reader,
/// Gremlin, projections - answers as the test says.
final class TestServer implements AutoCloseable {

    private final Database database = TestDatabases.fresh();
    private final PgRecorder recorder =
            PgRecorder.open(database.dataSource(), InstantSource.system(), _ -> {});
    private final Ledger ledger = new PgLedger(database.dataSource());
    private final KeyRing keys =
            new KeyRing(new PgKeys(database.dataSource()), InstantSource.system());
    private final AuditTrail audit =
            AuditTrail.start(new PgAudit(database.dataSource()), InstantSource.system(), false);
    private final List<Imports> imports = new ArrayList<>();
    private final HttpDoor door;

    volatile boolean visible = true;
    volatile long lag;
    volatile boolean ready = true;
    volatile CountDownLatch backups = new CountDownLatch(0);

    /// One for each backup that has begun.
    final Semaphore backupsBegun = new Semaphore(0);

    volatile Function<Question, Answer> reader = question -> nothing(question.space());
    volatile GremlinDoor gremlin = (_, _, _, _) -> new GremlinDoor.Results(List.of(), false, null);

    /// A door that writes to the ledger.
    TestServer() {
        this.door = HttpDoor.start(doors(recorder), HttpSettings.onLoopback(0));
    }

    /// A door that writes to `recorder` instead.
    TestServer(Recorder recorder) {
        this.door = HttpDoor.start(doors(recorder), HttpSettings.onLoopback(0));
    }

    HttpDoor door() {
        return door;
    }

    /// The same store behind a second door.
    HttpDoor alsoAt(HttpSettings settings) {
        return HttpDoor.start(doors(recorder), settings);
    }

    Ledger ledger() {
        return ledger;
    }

    KeyRing keys() {
        return keys;
    }

    /// Everything that was done is in it when it is closed.
    AuditTrail audit() {
        return audit;
    }

    ApiClient client() {
        return new ApiClient(door.port());
    }

    @Override
    public void close() {
        door.close();
        imports.forEach(Imports::close);
        audit.close();
        recorder.close();
        database.close();
    }

    private Doors doors(Recorder writing) {
        var writes = new WriteDoor(writing, new SaidVisibility());
        return new Doors(
                ledger,
                new PgChangeFeed(database.dataSource(), new CommitSignal()),
                new PgTombstones(database.dataSource()),
                writes,
                imports(writes),
                question -> reader.apply(question),
                count -> nothing(count),
                asked -> nothing(asked),
                (space, text, at, knownAt) -> gremlin.ask(space, text, at, knownAt),
                new OneProjection(),
                new NoBackup(),
                keys,
                audit,
                () -> new Readiness(List.of(new Readiness.Part("ledger", ready, "as told"))),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                InstantSource.system());
    }

    private Imports imports(WriteDoor writes) {
        try {
            var clock = InstantSource.system();
            var made =
                    new Imports(
                            Files.createTempDirectory("imports"),
                            writes,
                            ledger,
                            clock,
                            new TimeOrderedIds(clock, new Random()));
            imports.add(made);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer nothing(SpaceId space) {
        if (ledger.space(space).isEmpty()) {
            throw StoreException.NotFound.space(space);
        }
        return new Answer(
                List.of(), ledger.head(), Duration.ofMillis(1), Optional.empty(), false, List.of());
    }

    private Counted nothing(Count count) {
        if (ledger.space(count.question().space()).isEmpty()) {
            throw StoreException.NotFound.space(count.question().space());
        }
        return new Counted(
                List.of(), 0, 0, ledger.head(), Duration.ofMillis(1), Optional.empty(), false);
    }

    private Context nothing(ContextQuestion asked) {
        var answer = nothing(asked.question().space());
        return new Context(
                "",
                0,
                List.of(),
                List.of(),
                0,
                answer.bookmark(),
                answer.took(),
                Optional.empty(),
                List.of());
    }

    private final class SaidVisibility implements Visibility {
        @Override
        public Position covers(Level level) {
            return ledger.head().position();
        }

        @Override
        public boolean await(Position position, Level level, Duration atMost) {
            return visible;
        }

        @Override
        public long lag(Level level) {
            return lag;
        }
    }

    /// An empty one, as soon as it may be given out.
    private final class NoBackup implements BackupDoor {
        @Override
        public void writeTo(OutputStream out) {
            try {
                backupsBegun.release();
                backups.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void writeTo(OutputStream out, SpaceId space) {
            writeTo(out);
        }

        @Override
        public Imported takeIn(Path archive) {
            throw new InvalidField("", "is no archive here");
        }
    }

    private static final class OneProjection implements Upkeep {
        @Override
        public List<State> states() {
            return List.of(new State("graph", true, 0));
        }

        @Override
        public Finding verify(String projection) {
            requireGraph(projection);
            return new Finding("graph", 0, 0, List.of());
        }

        @Override
        public void rebuild(String projection) {
            requireGraph(projection);
        }

        private static void requireGraph(String projection) {
            if (!projection.equals("graph")) {
                throw new StoreException.NotFound("there is no projection '" + projection + "'");
            }
        }
    }
}
