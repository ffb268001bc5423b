package dev.palimpsest.relational.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.Key;
import dev.palimpsest.model.KeyName;
import dev.palimpsest.model.Memory;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.Scope;
import dev.palimpsest.model.Sha256;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.Space;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Audit;
import dev.palimpsest.port.Forgetting;
import dev.palimpsest.port.Statement;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteItem.Action;
import dev.palimpsest.port.WriteRequest;
import dev.palimpsest.port.WriteResult.Outcome;
import dev.palimpsest.relational.Database;
import dev.palimpsest.relational.PgAudit;
import dev.palimpsest.relational.PgKeys;
import dev.palimpsest.relational.TestDatabases;
import dev.palimpsest.relational.commit.PgRecorder;
import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.time.Interval;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {

    private static final SpaceId SPACE = new SpaceId("notes");

    @TempDir private Path folder;

    private final Database from = TestDatabases.fresh();
    private final Database to = TestDatabases.fresh();
    private Path file = Path.of("");

    @BeforeEach
    void backUp() throws IOException {
        file = folder.resolve("backup.zip");
        try (var recorder = PgRecorder.open(from.dataSource(), InstantSource.system(), _ -> {})) {
            recorder.makeSpace(new Space(SPACE, false));
            recorder.makeSpace(new Space(new SpaceId("empty"), true));
            write(recorder, says("acme", "size", new Value.Numeric(new BigDecimal("6.40"))));
            write(recorder, says("acme", "size", new Value.Text("a \"big\"\n one \\ \u2028")));
            write(recorder, says("ann", "likes", new Value.Text("tea")));
            write(recorder, memory("m-1", "Ann was here\r\nand left"));
            recorder.forget(
                            new Forgetting(
                                    SPACE,
                                    new Forgetting.Target.OfEntity(new EntityId("ann")),
                                    "asked for"),
                            false)
                    .join();
        }
        new PgKeys(from.dataSource())
                .add(
                        new Key(
                                "aaaaaaaa",
                                new KeyName("scribe"),
                                Set.of(Scope.READ),
                                new Key.Reach.Within(Set.of(SPACE)),
                                Instant.EPOCH,
                                Optional.empty(),
                                Optional.empty(),
                                OptionalInt.of(60)),
                        Sha256.hex("text"));
        new PgAudit(from.dataSource())
                .append(
                        List.of(
                                new Audit.Entry(
                                        Instant.EPOCH,
                                        "aaaaaaaa",
                                        "scribe",
                                        "POST",
                                        "/v1/spaces/{space}/facts",
                                        Optional.of(SPACE),
                                        200,
                                        1)));
        try (var out = Files.newOutputStream(file)) {
            new Backup(from.dataSource()).write(out, Instant.parse("2026-11-28T06:00:00Z"));
        }
    }

    @AfterEach
    void close() {
        from.close();
        to.close();
    }

    @Test
    void whatIsRestoredIsTheSameRowByRowWithAnEpochOfItsOwn() throws Exception {
        assertThat(Restore.check(file).rows()).isPositive();

        var restored = new Restore(to.dataSource()).from(file);

        assertThat(restored.made()).isEqualTo("2026-11-28T06:00:00Z");
        for (var table : LedgerTables.ALL) {
            String rows = "select to_jsonb(t) - 'cleaned' from " + table + " t order by 1";
            assertThat(rows(to, rows)).as(table).isEqualTo(rows(from, rows));
        }
        String head = "select last_position, last_recorded, last_node from ledger";
        assertThat(rows(to, head)).isEqualTo(rows(from, head));
        assertThat(rows(to, "select epoch from ledger"))
                .isNotEqualTo(rows(from, "select epoch from ledger"));
    }

    @Test
    void whoDidWhatIsWrittenOnInARestoredLedger() throws Exception {
        new Restore(to.dataSource()).from(file);

        var audit = new PgAudit(to.dataSource());
        audit.append(audit.after(0, 1).stream().map(Audit.Row::entry).toList());
        assertThat(audit.verify().rows()).isEqualTo(2);
        assertThat(audit.verify().flaw()).isEmpty();
    }

    @Test
    void aRestoredLedgerIsWrittenOnAndKeepsForgottenThingsForgotten() throws Exception {
        new Restore(to.dataSource()).from(file);

        try (var recorder = PgRecorder.open(to.dataSource(), InstantSource.system(), _ -> {})) {
            assertThat(write(recorder, says("ann", "likes", new Value.Text("tea"))))
                    .isInstanceOf(Outcome.Refused.class);
            assertThat(write(recorder, says("acme", "size", new Value.Text("small"))))
                    .isInstanceOf(Outcome.Written.class);
            assertThat(write(recorder, says("bob", "likes", new Value.Text("tea"))))
                    .isInstanceOf(Outcome.Written.class);
            assertThat(recorder.makeSpace(new Space(new SpaceId("more"), false))).isTrue();
        }
    }

    @Test
    void oneSpaceAloneIsTheSameWhenRestored() throws Exception {
        var one = folder.resolve("space.zip");
        try (var out = Files.newOutputStream(one)) {
            new Backup(from.dataSource()).write(SPACE, out, Instant.EPOCH);
        }

        new Restore(to.dataSource()).from(one);

        assertThat(rows(to, "select id from space")).containsExactly("notes");
        var again = folder.resolve("again.zip");
        try (var out = Files.newOutputStream(again)) {
            new Backup(to.dataSource()).write(SPACE, out, Instant.EPOCH);
        }
        assertThat(Restore.check(again)).isEqualTo(Restore.check(one));
        for (var table : List.of("assertion", "fact_version", "memory")) {
            String rows = "select recorded_from, recorded_until from " + table + " order by 1, 2";
            assertThat(rows(to, rows)).as(table).isEqualTo(rows(from, rows));
        }
        assertThatThrownBy(() ->
                        new Backup(from.dataSource())
                                .write(
                                        new SpaceId("nowhere"),
                                        OutputStream.nullOutputStream(),
                                        Instant.EPOCH))
                .isInstanceOf(StoreException.NotFound.class);
    }

    @Test
    void whoeverGetsASpaceGetsNoKeysWithItNorWhoDidWhat() throws Exception {
        var one = folder.resolve("space.zip");
        try (var out = Files.newOutputStream(one)) {
            new Backup(from.dataSource()).write(SPACE, out, Instant.EPOCH);
        }
        assertThat(rows(from, "select count(*) from access_key")).containsExactly("1");
        assertThat(rows(from, "select count(*) from audit")).containsExactly("1");
        try (var zip = new ZipFile(one.toFile())) {
            assertThat(zip.getEntry("access_key.jsonl").getSize()).isZero();
            assertThat(zip.getEntry("audit.jsonl").getSize()).isZero();
        }
    }

    @Test
    void anArchiveFromBeforeThereWereKeysIsRestored() throws Exception {
        file = copy("access_key.jsonl", _ -> null);
        file = copy("audit.jsonl", _ -> null);
        file = copy(Manifest.NAME, BackupTest::beforeKeys);
        new Restore(to.dataSource()).from(file);
        assertThat(rows(to, "select id from space order by id")).containsExactly("empty", "notes");
    }

    @Test
    void aStoreThatIsNotEmptyIsLeftAlone() {
        assertThatThrownBy(() -> new Restore(from.dataSource()).from(file))
                .isInstanceOf(StoreException.Conflict.class)
                .hasMessageContaining("another data folder");
    }

    @Test
    void aFileThatWasCutOffOrChangedIsRefusedAndNothingIsTaken() throws Exception {
        var bytes = Files.readAllBytes(file);
        var cut = Files.write(folder.resolve("cut.zip"), Arrays.copyOf(bytes, bytes.length / 2));
        assertRefused(cut, "cut off or damaged");
        assertRefused(
                Files.writeString(folder.resolve("text.zip"), "no zip"), "cut off or damaged");
        assertRefused(copy("memory.jsonl", text -> text.replace("here", "gone")), "damaged");
        assertRefused(copy("memory.jsonl", _ -> ""), "damaged");
        assertRefused(copy("space.jsonl", _ -> "{\"no\": \"x\"}\n"), "damaged");
        assertRefused(copy(Manifest.NAME, _ -> null), "no manifest");
        assertRefused(copy("entity.jsonl", _ -> null), "entity.jsonl is missing");
        assertRefused(
                copy(Manifest.NAME, text -> text.replace("\"format\" : 1", "\"format\" : 2")),
                "newer program");
        assertRefused(
                copy(Manifest.NAME, text -> text.replace("\"ledger\" : \"", "\"ledger\" : \"9")),
                "newer program");
        assertThat(rows(to, "select count(*) from space")).containsExactly("0");
    }

    @Test
    void aManifestThatMakesNoSenseIsDamaged() throws Exception {
        for (var change :
                Map.of(
                                "\"ledger\" : \"", "\"ledger\" : \"x",
                                "\"format\" : 1", "\"format\" : []",
                                "\"position\" : ", "\"position\" : -",
                                "\"node\" :", "\"edon\" :",
                                "\"rows\" : ", "\"rows\" : 0.")
                        .entrySet()) {
            assertRefused(
                    copy(Manifest.NAME, text -> text.replace(change.getKey(), change.getValue())),
                    "its manifest is damaged");
        }
        assertRefused(copy(Manifest.NAME, _ -> "null"), "no backup");
        assertRefused(
                copy(
                        Manifest.NAME,
                        text ->
                                text.replace(
                                        "\"entries\" : {",
                                        "\"entries\" : {\"more.jsonl\": {\"rows\": 1},")),
                "more.jsonl is missing");
    }

    @Test
    void columnsThatTheArchiveDoesNotKnowAreWhatTheyAreByDefault() throws Exception {
        try (var connection = to.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("alter table space add column colour text not null default 'red'");
        }

        new Restore(to.dataSource()).from(file);

        assertThat(rows(to, "select id, colour from space order by id"))
                .containsExactly("empty|red", "notes|red");
    }

    @Test
    void theNewestMigrationIsTheOneTheManifestNames() throws Exception {
        assertThat(rows(to, "select max(version::int) from flyway_schema_history"))
                .containsExactly(Integer.toString(Manifest.LEDGER));
    }

    private static String beforeKeys(String manifest) {
        try {
            var root = (ObjectNode) new ObjectMapper().readTree(manifest);
            root.put("ledger", "2");
            ((ObjectNode) root.path("entries")).remove(List.of("access_key.jsonl", "audit.jsonl"));
            return root.toString();
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private void assertRefused(Path damaged, String why) {
        assertThatThrownBy(() -> new Restore(to.dataSource()).from(damaged))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining(why);
        assertThatThrownBy(() -> Restore.check(damaged))
                .as("it is seen before anything is made")
                .isInstanceOf(ArchiveException.class);
    }

    /// Makes one entry something else, or leaves it out.
    private interface Change {
        @Nullable String of(String text);
    }

    private Path copy(String name, Change change) throws IOException {
        var copy = Files.createTempFile(folder, "copy", ".zip");
        try (var zip = new ZipFile(file.toFile());
                var out = new ZipOutputStream(Files.newOutputStream(copy))) {
            for (var entry : zip.stream().toList()) {
                var text =
                        new String(
                                zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
                var changed = entry.getName().equals(name) ? change.of(text) : text;
                if (changed != null) {
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    out.write(changed.getBytes(StandardCharsets.UTF_8));
                    out.closeEntry();
                }
            }
        }
        return copy;
    }

    private static Outcome write(PgRecorder recorder, Action action) {
        return recorder.record(
                        new WriteRequest(
                                SPACE, List.of(WriteItem.now(action)), false, Optional.empty()))
                .join()
                .outcomes()
                .getFirst();
    }

    private static Action says(String subject, String predicate, Value object) {
        return new Action.AssertFact(
                new Statement(
                        new EntityId(subject),
                        new PredicateName(predicate),
                        object,
                        Interval.since(Instant.parse("2020-01-01T00:00:00Z")),
                        new SourceId("us"),
                        Qualifiers.NONE,
                        Optional.empty(),
                        Statement.Replaces.OVERLAP));
    }

    private static Action memory(String id, String text) {
        return new Action.KeepMemory(
                new Memory(
                        new MemoryId(id),
                        text,
                        Optional.of(Instant.parse("2020-01-01T00:00:00.000001Z")),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("Ann"),
                        Optional.of(new GeoPoint(24.1737, 121.653)),
                        List.of(new EntityId("acme")),
                        new SourceId("us"),
                        "{}"));
    }

    private static List<String> rows(Database database, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (var connection = database.dataSource().getConnection();
                var query = connection.prepareStatement(sql);
                var found = query.executeQuery()) {
            while (found.next()) {
                var row = new StringBuilder();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    row.append(i == 1 ? "" : "|").append(found.getString(i));
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }
}
