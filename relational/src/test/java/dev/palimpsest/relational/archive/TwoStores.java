package dev.palimpsest.relational.archive;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.FactId;
import dev.palimpsest.model.Memory;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.Sha256;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.Space;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Forgetting;
import dev.palimpsest.port.Forgetting.Target;
import dev.palimpsest.port.Ledger.PageRequest;
import dev.palimpsest.port.Statement;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteItem.Action;
import dev.palimpsest.port.WriteItem.Retraction;
import dev.palimpsest.port.WriteRequest;
import dev.palimpsest.port.WriteRequest.IdempotencyKey;
import dev.palimpsest.port.WriteResult;
import dev.palimpsest.port.WriteResult.Outcome;
import dev.palimpsest.relational.Database;
import dev.palimpsest.relational.PgLedger;
import dev.palimpsest.relational.TestDatabases;
import dev.palimpsest.relational.archive.SpaceImport.Imported;
import dev.palimpsest.relational.commit.PgRecorder;
import dev.palimpsest.time.Interval;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/// A store with a space that has a history, exported, beside another; and a store with others.
final class TwoStores implements AutoCloseable {

    static final SpaceId SPACE = new SpaceId("notes");
    static final SpaceId OTHER = new SpaceId("other");
    static final IdempotencyKey KEY = new IdempotencyKey("k-1", "body");

    private final Path folder;
    final Database from = Old.ONLY.database;
    final Database to = TestDatabases.fresh();
    final PgRecorder recorder = open(to);
    final Path file;

    /// The first store. Nobody changes it, so all share it.
    private record Old(Database database, WriteResult told) {
        static final Old ONLY = tell();
    }

    private static PgRecorder open(Database database) {
        return PgRecorder.open(database.dataSource(), InstantSource.system(), _ -> {});
    }

    /// @param folder for archives
    TwoStores(Path folder) throws IOException {
        this.folder = folder;
        makeOther(recorder);
        write(recorder, OTHER, memory("m-1", "of another space", "ann"));
        write(recorder, OTHER, says("bob", "likes", new Value.Text("water"), "them"));
        file = export(from);
    }

    private static void makeOther(PgRecorder recorder) {
        recorder.makeSpace(new Space(OTHER, false));
        write(recorder, OTHER, says("ann", "likes", new Value.Text("coffee"), "them"));
    }

    private static Old tell() {
        var database = TestDatabases.fresh();
        try (var old = open(database)) {
            makeOther(old);
            old.makeSpace(new Space(SPACE, true));
            for (var name : List.of("ceo", "likes")) {
                write(
                        old,
                        SPACE,
                        new Action.RegisterPredicate(predicate(name, name.equals("ceo"))));
            }
            write(old, SPACE, says("acme", "ceo", entity("ann"), "us"));
            write(old, OTHER, says("ann", "likes", new Value.Text("tea"), "them"));
            write(old, SPACE, says("acme", "ceo", entity("bob"), "us"));
            write(old, SPACE, says("acme", "ceo", entity("cat"), "web"));
            write(old, SPACE, says("zoe", "likes", new Value.Text("secrets"), "us"));
            write(old, SPACE, memory("m-1", "Ann was here\r\nand left", "ann", "zoe"));
            write(old, SPACE, memory("m-2", "to be forgotten", "ann"));
            write(
                    old,
                    SPACE,
                    new Action.RetractFact(
                            new Retraction(
                                    FactId.of(
                                            SPACE,
                                            new EntityId("acme"),
                                            new PredicateName("ceo"),
                                            entity("cat")),
                                    Optional.empty(),
                                    Optional.of(new SourceId("web")),
                                    "it was a rumour")));
            var told =
                    request(
                            old,
                            Optional.of(KEY),
                            says("bob", "likes", new Value.Text("tea"), "us"));
            forget(old, new Target.OfEntity(new EntityId("zoe")));
            forget(old, new Target.OfMemory(new MemoryId("m-2")));
            return new Old(database, told);
        }
    }

    /// What was answered to the request of [#KEY].
    WriteResult told() {
        return Old.ONLY.told;
    }

    @Override
    public void close() {
        recorder.close();
        to.close();
    }

    Imported take(Path archive) throws IOException {
        return new SpaceImport(to.dataSource(), recorder)
                .from(archive, InstantSource.system().instant());
    }

    Path export(Database database) throws IOException {
        var archive = Files.createTempFile(folder, "space", ".zip");
        try (var out = Files.newOutputStream(archive)) {
            new Backup(database.dataSource()).write(SPACE, out, Instant.EPOCH);
        }
        return archive;
    }

    static Map<String, String> entries(Path archive) throws IOException {
        var entries = new LinkedHashMap<String, String>();
        try (var zip = new ZipFile(archive.toFile())) {
            for (var entry : zip.stream().toList()) {
                entries.put(
                        entry.getName(),
                        new String(
                                zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return entries;
    }

    /// As archives were before they were numbered by themselves.
    Path inOldNumbers() throws Exception {
        var texts = entries(file);
        for (var table : LedgerTables.OF_A_SPACE) {
            var which =
                    table.equals("space")
                            ? "t.id = 'notes'"
                            : "t.space = (select no from space where id = 'notes')";
            var rows = rows(from, "select to_jsonb(t) from " + table + " t where " + which);
            texts.put(
                    LedgerTables.entry(table),
                    rows.isEmpty() ? "" : String.join("\n", rows) + "\n");
        }
        var manifest = texts.getOrDefault(Manifest.NAME, "");
        texts.put(Manifest.NAME, manifest.replaceFirst("\"space\" : \"notes\",", ""));
        return zip(texts, true);
    }

    Path zip(Map<String, String> texts, boolean withChecksums) throws IOException {
        var archive = Files.createTempFile(folder, "made", ".zip");
        var manifest = texts.getOrDefault(Manifest.NAME, "");
        if (withChecksums) {
            for (var table : LedgerTables.ALL) {
                var name = LedgerTables.entry(table);
                var text = texts.getOrDefault(name, "");
                manifest =
                        manifest.replaceFirst(
                                "(\""
                                        + name
                                        + "\" : \\{\\s*\"rows\" : )\\d+(,\\s*\"sha256\" : \")[0-9a-f]+",
                                "$1" + text.lines().count() + "$2" + Sha256.hex(text));
            }
        }
        try (var out = new ZipOutputStream(Files.newOutputStream(archive))) {
            for (var text : texts.entrySet()) {
                out.putNextEntry(new ZipEntry(text.getKey()));
                var content = text.getKey().equals(Manifest.NAME) ? manifest : text.getValue();
                out.write(content.getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
        return archive;
    }

    /// What was believed and who said what, at that time.
    static String known(Database database, Instant at) {
        var ledger = new PgLedger(database.dataSource());
        var position = ledger.positionAt(SPACE, at);
        var all = PageRequest.first(100);
        var told = new StringBuilder();
        told.append(ledger.believed(SPACE, position, all).elements());
        for (var id : List.of("acme", "ann", "bob", "cat", "zoe")) {
            var entity = new EntityId(id);
            told.append(ledger.entity(SPACE, entity, position))
                    .append(
                            ledger.history(SPACE, entity, Optional.empty(), position, all)
                                    .elements());
        }
        return told.toString().replaceAll("(?i)position(\\[number)?=\\d+", "position");
    }

    static long head(Database database) {
        return new PgLedger(database.dataSource()).head().position().number();
    }

    static Forgetting.Report forget(PgRecorder recorder, Target target) {
        return recorder.forget(new Forgetting(SPACE, target, "asked for"), false).join();
    }

    static Outcome write(PgRecorder recorder, SpaceId space, Action action) {
        return recorder.record(
                        new WriteRequest(
                                space, List.of(WriteItem.now(action)), false, Optional.empty()))
                .join()
                .outcomes()
                .getFirst();
    }

    static WriteResult request(PgRecorder recorder, Optional<IdempotencyKey> key, Action action) {
        return recorder.record(new WriteRequest(SPACE, List.of(WriteItem.now(action)), false, key))
                .join();
    }

    static Predicate predicate(String name, boolean functional) {
        return new Predicate(
                new PredicateName(name),
                functional,
                false,
                false,
                Optional.empty(),
                Optional.empty());
    }

    static Value entity(String id) {
        return new Value.Entity(new EntityId(id));
    }

    static Action says(String subject, String predicate, Value object, String source) {
        return new Action.AssertFact(
                new Statement(
                        new EntityId(subject),
                        new PredicateName(predicate),
                        object,
                        Interval.since(Instant.parse("2020-01-01T00:00:00Z")),
                        new SourceId(source),
                        Qualifiers.NONE,
                        Optional.empty(),
                        Statement.Replaces.OVERLAP));
    }

    static Action memory(String id, String text, String... mentions) {
        return new Action.KeepMemory(
                new Memory(
                        new MemoryId(id),
                        text,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Arrays.stream(mentions).map(EntityId::new).toList(),
                        new SourceId("us"),
                        "{}"));
    }

    static void execute(Database database, String sql) throws SQLException {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static List<String> rows(Database database, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (var connection = database.dataSource().getConnection();
                var query = connection.prepareStatement(sql);
                var found = query.executeQuery()) {
            while (found.next()) {
                var row = new ArrayList<@Nullable String>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    row.add(found.getString(i));
                }
                rows.add(String.join("|", row.stream().map(String::valueOf).toList()));
            }
        }
        return rows;
    }
}
