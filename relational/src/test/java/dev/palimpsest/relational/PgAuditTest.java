package dev.palimpsest.relational;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Audit;
import dev.palimpsest.port.Audit.Entry;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PgAuditTest {

    private final Database database = TestDatabases.fresh();
    private final PgAudit audit = new PgAudit(database.dataSource());

    @AfterEach
    void close() {
        database.close();
    }

    private static Entry entry(int items) {
        return new Entry(
                Instant.parse("2026-11-28T10:00:00.000001Z"),
                "aaaaaaaa",
                "the \"scribe\"",
                "POST",
                "/v1/spaces/{space}/facts",
                items % 2 == 0 ? Optional.of(new SpaceId("a")) : Optional.empty(),
                200,
                items);
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void entriesComeBackInOrderEachWithTheHashOfTheOneBefore() {
        audit.append(List.of(entry(1), entry(2)));
        audit.append(List.of(entry(3)));
        var rows = audit.after(0, 10);
        assertThat(rows).extracting(Audit.Row::no).containsExactly(1L, 2L, 3L);
        assertThat(rows).extracting(Audit.Row::entry).containsExactly(entry(1), entry(2), entry(3));
        assertThat(rows.get(0).previous()).isEqualTo(Audit.NOTHING_BEFORE);
        assertThat(rows.get(1).previous()).isEqualTo(rows.get(0).sha256());
        assertThat(rows.get(2).previous()).isEqualTo(rows.get(1).sha256());
        assertThat(audit.after(1, 1)).containsExactly(rows.get(1));
        assertThat(audit.verify())
                .isEqualTo(new Audit.Verified(3, rows.get(2).sha256(), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit set status = 403",
                "delete from audit where no = 1",
                "truncate audit"
            })
    void aRowIsNotChangedNorDeleted(String sql) {
        audit.append(List.of(entry(1)));
        assertThatThrownBy(() -> execute(sql)).hasMessageContaining("only ever added to");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit set who = 'bbbbbbbb' where no = 1500",
                "update audit set name = '' where no = 1500",
                "update audit set moment = moment + 1 where no = 1500",
                "update audit set method = 'GET' where no = 1500",
                "update audit set route = '/' where no = 1500",
                "update audit set space = 'b' where no = 1500",
                "update audit set status = 403 where no = 1500",
                "update audit set items = 0 where no = 1500",
                "update audit set sha256 = previous where no = 1500",
                "update audit set previous = sha256 where no = 1500"
            })
    void aRowThatWasChangedAllTheSameIsFound(String sql) throws SQLException {
        audit.append(IntStream.rangeClosed(1, 1_600).mapToObj(PgAuditTest::entry).toList());
        execute("alter table audit disable trigger user");
        execute(sql);
        var found = audit.verify();
        assertThat(found.rows()).isEqualTo(1_499);
        assertThat(found.flaw()).contains("row 1500 was changed");
    }

    @Test
    void aRowThatIsGoneIsFound() throws SQLException {
        audit.append(IntStream.rangeClosed(1, 5).mapToObj(PgAuditTest::entry).toList());
        execute("alter table audit disable trigger user");
        execute("delete from audit where no = 3");
        assertThat(audit.verify().flaw()).contains("row 3 is gone");
    }

    @Test
    void manyWritersMakeOneChain() throws Exception {
        try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
            var under =
                    IntStream.range(0, 20)
                            .mapToObj(_ ->
                                    writers.submit(() -> audit.append(List.of(entry(1), entry(2)))))
                            .toList();
            for (var one : under) {
                one.get();
            }
        }
        assertThat(audit.verify().rows()).isEqualTo(40);
        assertThat(audit.verify().flaw()).isEmpty();
    }
}
