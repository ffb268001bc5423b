package dev.palimpsest.relational.archive;

import static dev.palimpsest.relational.archive.TwoStores.OTHER;
import static dev.palimpsest.relational.archive.TwoStores.SPACE;
import static dev.palimpsest.relational.archive.TwoStores.entries;
import static dev.palimpsest.relational.archive.TwoStores.execute;
import static dev.palimpsest.relational.archive.TwoStores.forget;
import static dev.palimpsest.relational.archive.TwoStores.rows;
import static dev.palimpsest.relational.archive.TwoStores.says;
import static dev.palimpsest.relational.archive.TwoStores.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.Space;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Forgetting;
import dev.palimpsest.port.Forgetting.Target;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.port.WriteResult.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is not taken in leaves nothing behind.
class SpaceImportRefusalTest {

    private final Path folder;
    private final TwoStores stores;

    SpaceImportRefusalTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.stores = new TwoStores(folder);
    }

    @AfterEach
    void close() {
        stores.close();
    }

    @Test
    void aSpaceThatIsThereIsLeftAlone() throws Exception {
        stores.take(stores.file);
        refuses(stores.file, StoreException.Conflict.class, "is there already");
    }

    @Test
    void whatWasForgottenInAnEarlierSpaceOfThatNameKeepsItOut() throws Exception {
        stores.recorder.makeSpace(new Space(SPACE, false));
        write(stores.recorder, SPACE, says("ann", "likes", new Value.Text("tea"), "us"));
        forget(stores.recorder, new Target.OfEntity(new EntityId("ann")));
        forget(stores.recorder, new Target.Everything());
        stores.recorder.lift(new Forgetting(SPACE, new Target.Everything(), "back")).join();
        execute(stores.to, "update space set id = '#' || no where forgotten");

        refuses(stores.file, StoreException.Forgotten.class, "has something that was forgotten");
    }

    @Test
    void aBackupOfAWholeStoreIsRefusedAndToldWhereItGoes() throws Exception {
        var whole = folder.resolve("whole.zip");
        try (var out = Files.newOutputStream(whole)) {
            new Backup(stores.from.dataSource()).write(out, Instant.EPOCH);
        }
        refuses(whole, ArchiveException.class, "palimpsest restore");
    }

    @Test
    void aFileThatWasCutOffChangedOrIsNoneIsRefused() throws Exception {
        var bytes = Files.readAllBytes(stores.file);
        for (int part = 1; part < 5; part++) {
            var cut = Arrays.copyOf(bytes, bytes.length * part / 5);
            refuses(
                    Files.write(folder.resolve("cut.zip"), cut),
                    ArchiveException.class,
                    "cut off or damaged");
        }
        refuses(
                Files.writeString(
                        folder.resolve("text.zip"), "this is no zip stores.file, but long enough"),
                ArchiveException.class,
                "no whole zip file");
        refuses(
                changed("memory.jsonl", text -> text.replace("here", "gone"), false),
                ArchiveException.class,
                "damaged");
        refuses(
                changed(
                        Manifest.NAME,
                        text -> text.replace("\"ledger\" : \"", "\"ledger\" : \"9"),
                        false),
                ArchiveException.class,
                "newer program");
    }

    @Test
    void rowsThatDoNotFitTogetherAreRefusedThoughTheirChecksumsAreRight() throws Exception {
        refuses(
                changed("entity.jsonl", _ -> "", true),
                ArchiveException.class,
                "do not fit together");
        refuses(
                changed("space.jsonl", text -> text + text, true),
                ArchiveException.class,
                "not of one space");
        refuses(
                changed("space.jsonl", text -> text.replace("notes", "#1"), true),
                ArchiveException.class,
                "damaged");
        refuses(
                changed(
                        "assertion.jsonl",
                        text -> text.replaceAll("\"subject\": \\d+", "\"subject\": \"x\""),
                        true),
                ArchiveException.class,
                "damaged");
        refuses(
                changed(
                        "change.jsonl",
                        text ->
                                text.replaceFirst(
                                        "\"recorded\": \\d+", "\"recorded\": 4000000000000000"),
                        true),
                ArchiveException.class,
                "fit together");
        refuses(
                changed(
                        "change.jsonl",
                        text -> text.replaceAll("\"recorded\": 1", "\"recorded\": 4"),
                        true),
                ArchiveException.class,
                "clock");
        refuses(
                changed(
                        "entity.jsonl",
                        text -> text.replaceAll("\"id\": \"[a-z]+\"", "\"id\": \"same\""),
                        true),
                StoreException.Conflict.class,
                "does not fit");
    }

    @Test
    void aFileThatUnpacksToFarMoreThanItIsIsRefused() throws Exception {
        var bomb = folder.resolve("bomb.zip");
        try (var zip = new ZipFile(stores.file.toFile());
                var out = new ZipOutputStream(Files.newOutputStream(bomb))) {
            for (var entry : zip.stream().toList()) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                if (entry.getName().equals("memory.jsonl")) {
                    var zeros = new byte[1 << 20];
                    for (int i = 0; i < 100; i++) {
                        out.write(zeros);
                    }
                } else {
                    zip.getInputStream(entry).transferTo(out);
                }
                out.closeEntry();
            }
        }
        refuses(bomb, ArchiveException.class, "trap");
    }

    @Test
    void rowsWithTheIdsOfRowsOfAnotherSpaceAreRefused() throws Exception {
        execute(
                stores.to,
                "insert into profile (id, space, entity, type, aliases, from_position, recorded_from)"
                        + " select '"
                        + rows(
                                        stores.from,
                                        "select p.id from profile p join space s on s.no = p.space where s.id = 'notes' limit 1")
                                .getFirst()
                        + "', space, node, 'T', '{}', 1, 1 from entity limit 1");
        refuses(stores.file, StoreException.Conflict.class, "ids of rows in another space");
    }

    private void refuses(Path refused, Class<? extends RuntimeException> as, String why)
            throws Exception {
        var everything = everything();
        assertThatThrownBy(() -> stores.take(refused)).isInstanceOf(as).hasMessageContaining(why);
        assertThat(everything()).as("nothing is written").isEqualTo(everything);
        assertThat(write(stores.recorder, OTHER, says("eve", "likes", new Value.Text(why), "them")))
                .isNotInstanceOf(Outcome.Refused.class);
    }

    private List<String> everything() throws SQLException {
        var all = new ArrayList<String>();
        for (var table : LedgerTables.OF_A_SPACE) {
            all.addAll(rows(stores.to, "select to_jsonb(t) from " + table + " t order by 1"));
        }
        all.addAll(rows(stores.to, "select last_position, last_recorded, last_node from ledger"));
        return all;
    }

    private Path changed(String name, UnaryOperator<String> change, boolean withChecksums)
            throws IOException {
        var texts = entries(stores.file);
        texts.computeIfPresent(name, (_, text) -> change.apply(text));
        assertThat(texts.get(name)).isNotEqualTo(entries(stores.file).get(name));
        return stores.zip(texts, withChecksums);
    }
}
