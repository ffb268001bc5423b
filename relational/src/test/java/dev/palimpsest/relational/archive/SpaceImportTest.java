package dev.palimpsest.relational.archive;

import static dev.palimpsest.relational.archive.TwoStores.KEY;
import static dev.palimpsest.relational.archive.TwoStores.OTHER;
import static dev.palimpsest.relational.archive.TwoStores.SPACE;
import static dev.palimpsest.relational.archive.TwoStores.entity;
import static dev.palimpsest.relational.archive.TwoStores.entries;
import static dev.palimpsest.relational.archive.TwoStores.forget;
import static dev.palimpsest.relational.archive.TwoStores.head;
import static dev.palimpsest.relational.archive.TwoStores.known;
import static dev.palimpsest.relational.archive.TwoStores.memory;
import static dev.palimpsest.relational.archive.TwoStores.request;
import static dev.palimpsest.relational.archive.TwoStores.rows;
import static dev.palimpsest.relational.archive.TwoStores.says;
import static dev.palimpsest.relational.archive.TwoStores.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Forgetting.Target;
import dev.palimpsest.port.Row;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.port.WriteResult.Outcome;
import dev.palimpsest.relational.CommitSignal;
import dev.palimpsest.relational.PgChangeFeed;
import dev.palimpsest.relational.PgLedger;
import dev.palimpsest.time.Position;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpaceImportTest {

    /// What tells stores apart: rows with what they refer to by name, and their place in the
    /// space's own order.
    private static final String BELIEVED =
            """
            select v.id, v.fact, e.id, p.name, v.object, o.id, v.valid_from, v.valid_until,
                   v.recorded_from, v.recorded_until
            from fact_version v join entity e on e.node = v.subject
            join predicate p on p.no = v.predicate left join entity o on o.node = v.object_node
            join space s on s.no = v.space
            where s.id = 'notes' order by v.recorded_from, v.id
            """;

    private final TwoStores stores;

    SpaceImportTest(@TempDir Path folder) throws IOException {
        this.stores = new TwoStores(folder);
    }

    @AfterEach
    void close() {
        stores.close();
    }

    @Test
    void whatIsTakenInIsTheSameSpaceAndIsExportedTheSame() throws Exception {
        var taken = stores.take(stores.file);

        assertThat(taken.space()).isEqualTo(SPACE);
        assertThat(taken.at().position().number()).isEqualTo(head(stores.to));
        var again = stores.export(stores.to);
        assertThat(entries(again)).isEqualTo(entries(stores.file));
        assertThat(Restore.check(again).digest())
                .isEqualTo(Restore.check(stores.file).digest())
                .contains(taken.digest());
        assertThat(rows(stores.to, BELIEVED)).isEqualTo(rows(stores.from, BELIEVED)).isNotEmpty();
        assertThat(rows(stores.to, "select strict from space where id = 'notes'"))
                .containsExactly("t");
    }

    @Test
    void whatWasKnownAtAnyTimeIsAnsweredAsInTheOldStore() throws Exception {
        stores.take(stores.file);

        var times = rows(stores.from, "select distinct recorded from change order by 1");
        assertThat(times).hasSizeGreaterThan(8);
        for (var time : times) {
            var at = Instant.ofEpochSecond(0, Long.parseLong(time) * 1_000);
            assertThat(known(stores.to, at)).as(time).isEqualTo(known(stores.from, at));
        }
    }

    @Test
    void itsPositionsAreDenseAndThoseWhoFollowSeeEveryRowOnce() throws Exception {
        long before = head(stores.to);
        var taken = stores.take(stores.file);

        assertThat(head(stores.to)).isEqualTo(before + taken.positions());
        assertThat(
                        rows(
                                stores.to,
                                "select count(distinct position), min(position), max(position) from change"
                                        + " where position > "
                                        + before))
                .containsExactly(taken.positions() + "|" + (before + 1) + "|" + head(stores.to));
        var feed = new PgChangeFeed(stores.to.dataSource(), new CommitSignal());
        var seen = new LinkedHashMap<String, Row>();
        for (var after = new Position(before); after.isBefore(feed.head()); ) {
            var batch = feed.changesAfter(after, 3);
            batch.rows().forEach(row -> seen.put(row.toString(), row));
            after = batch.upTo();
        }
        var scanned = new ArrayList<String>();
        feed.scan(
                100,
                rows ->
                        rows.stream()
                                .map(Row::toString)
                                .filter(row -> row.contains("notes"))
                                .forEach(scanned::add));
        assertThat(seen.keySet()).containsExactlyInAnyOrderElementsOf(scanned);
    }

    @Test
    void itIsWrittenOnAndClashesWithNothing() throws Exception {
        stores.take(stores.file);

        write(stores.recorder, SPACE, says("acme", "ceo", entity("dan"), "us"));
        write(stores.recorder, SPACE, memory("m-3", "Dan came", "dan", "ann"));
        write(stores.recorder, OTHER, says("dan", "dances", new Value.Text("well"), "new"));
        assertThat(write(stores.recorder, SPACE, memory("m-3", "Eve came", "eve")))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(
                        rows(
                                stores.to,
                                "select o.id from fact_version v join entity o on o.node = v.object_node"
                                        + " join predicate p on p.no = v.predicate where p.name = 'ceo' and"
                                        + " v.until_position = 9223372036854775807"))
                .containsExactly("dan");
        for (var numbered : List.of("entity", "source", "predicate")) {
            var number = numbered.equals("entity") ? "node" : "no";
            assertThat(
                            rows(
                                    stores.to,
                                    "select count(*) - count(distinct "
                                            + number
                                            + ") from "
                                            + numbered))
                    .containsExactly("0");
        }
        assertThat(
                        rows(
                                stores.to,
                                "select count(*) from entity e join memory m on m.node = e.node"))
                .containsExactly("0");
    }

    @Test
    void aRequestThatIsSentOnceMoreIsAnsweredAsBefore() throws Exception {
        stores.take(stores.file);

        var says = says("bob", "likes", new Value.Text("tea"), "us");
        var then = stores.told();
        var now = request(stores.recorder, Optional.of(KEY), says);

        assertThat(now.replayed()).isTrue();
        var before = (Outcome.Written) then.outcomes().getFirst();
        var after = (Outcome.Written) now.outcomes().getFirst();
        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.stamp().at()).isEqualTo(before.stamp().at());
        var ledger = new PgLedger(stores.to.dataSource());
        assertThat(after.stamp().position())
                .isEqualTo(ledger.positionAt(SPACE, before.stamp().at()));
        assertThat(now.bookmark().epoch()).isEqualTo(ledger.head().epoch());
        assertThat(now.bookmark().position()).isEqualTo(after.stamp().position());
    }

    @Test
    void whatWasForgottenThereStaysSoAndThingsAreForgottenHere() throws Exception {
        stores.take(stores.file);

        assertThat(write(stores.recorder, SPACE, says("zoe", "likes", new Value.Text("tea"), "us")))
                .isInstanceOf(Outcome.Refused.class);
        forget(stores.recorder, new Target.OfEntity(new EntityId("ann")));
        forget(stores.recorder, new Target.OfSource(new SourceId("web")));
        assertThat(rows(stores.to, BELIEVED).toString()).doesNotContain("ann");
        assertThat(rows(stores.to, "select id from memory order by 1")).contains("m-1");
        assertThat(forget(stores.recorder, new Target.Everything()).changed()).isTrue();
        for (var table : List.of("assertion", "memory", "entity", "predicate")) {
            assertThat(
                            rows(
                                    stores.to,
                                    "select distinct s.id from "
                                            + table
                                            + " t join space s on s.no = t.space"))
                    .as(table)
                    .containsExactly("other");
        }
        assertThatThrownBy(() -> stores.take(stores.file))
                .isInstanceOf(StoreException.Forgotten.class)
                .hasMessageContaining("was forgotten");
    }

    @Test
    void anArchiveInTheNumbersOfItsOldStoreIsTakenInAsWell() throws Exception {
        stores.take(stores.inOldNumbers());
        assertThat(entries(stores.export(stores.to))).isEqualTo(entries(stores.file));
    }
}
