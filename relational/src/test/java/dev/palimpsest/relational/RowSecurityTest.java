package dev.palimpsest.relational;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Ledger.PageRequest;
import dev.palimpsest.relational.HandWrittenLedger.Said;
import dev.palimpsest.time.Interval;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowSecurityTest {

    private static final SpaceId HERE = new SpaceId("here");
    private static final SpaceId NOWHERE = new SpaceId("nowhere");

    private Database database;
    private Reads reads;

    @BeforeEach
    void twoSpacesFilledAlike() throws SQLException {
        database = TestDatabases.fresh();
        reads = new Reads(database.dataSource());
        try (var rows = new HandWrittenLedger(database)) {
            rows.next();
            for (var space : List.of("here", "there")) {
                rows.space(space);
                rows.source(space, "us");
                rows.predicate(space, "ceo");
                rows.entity(space, "firm");
                rows.entity(space, "ann");
                var said =
                        new Said(
                                space,
                                "firm",
                                "ceo",
                                new Value.Entity(new EntityId("ann")),
                                Interval.ALWAYS);
                rows.assertion(said, "us");
                rows.version(said);
            }
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "space",
                "predicate",
                "source",
                "entity",
                "assertion",
                "fact_version",
                "change"
            })
    void whatAQueryForgetsIsNotSeen(String table) {
        var all = "select count(*) from " + table;
        long whole = count(reads.list("count", all, row -> row.getLong(1)));
        long mine = count(SpaceReads.of(reads).list("count", HERE, all, row -> row.getLong(1)));
        long none = count(SpaceReads.of(reads).list("count", NOWHERE, all, row -> row.getLong(1)));
        assertThat(mine).isPositive().isEqualTo(whole / 2);
        assertThat(none).isZero();
    }

    @Test
    void everyTableWithASpaceIsGuarded() {
        var open =
                reads.list(
                        "look",
                        """
                        select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
                        where a.attname = 'space' and c.relkind in ('r', 'p') and not c.relispartition
                          and c.relnamespace = current_schema()::regnamespace
                          and not (c.relrowsecurity and c.relforcerowsecurity)
                          and has_table_privilege('palimpsest_reader', c.oid, 'select')
                        """,
                        row -> row.getString(1));
        assertThat(open).isEmpty();
    }

    @Test
    void aConnectionIsAsBeforeAfterARead() throws SQLException {
        try (var connection = database.dataSource().getConnection()) {
            for (int i = 0; i < 20; i++) { // also once the statement is kept by the server
                var seen =
                        Sql.listAfter(
                                connection,
                                RowSecurity.BEGIN,
                                "here",
                                "select current_user from entity where id = ?",
                                row -> row.getString(1),
                                "ann");
                assertThat(seen).containsExactly(RowSecurity.ROLE);
                assertThat(entities(connection)).isEqualTo(4);
            }
        }
    }

    @Test
    void whoReadsInTheRoleSeesNothingWithoutASpaceAndWritesNothing() throws SQLException {
        try (var connection = database.dataSource().getConnection()) {
            Sql.update(connection, "set role palimpsest_reader");
            assertThat(entities(connection)).isZero();
            assertThatThrownBy(() -> Sql.update(connection, "delete from entity"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> Sql.update(connection, "select * from access_key"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> Sql.update(connection, "select * from assertion_p0"))
                    .hasMessageContaining("permission denied");
            Sql.update(connection, "reset role");
        }
    }

    @Test
    void aUserWhoMayMakeNoRoleReadsAllTheSame() throws SQLException {
        try (var connection = database.dataSource().getConnection()) {
            Sql.update(connection, "create role plain_" + pid() + " login password 'plain'");
        }
        var url = TestDatabases.ownedUrl("plain_" + pid(), "plain");
        try (var plain = Database.open(url);
                var rows = new HandWrittenLedger(plain)) {
            oneEntity(rows);
            var ledger = new PgLedger(plain.dataSource());
            assertThat(RowSecurity.isThere(new Reads(plain.dataSource()))).isFalse();
            assertThat(ledger.space(HERE)).isPresent();
            assertThat(ledger.nodes(HERE, List.of(new EntityId("ann")))).hasSize(1);
            assertThat(
                            ledger.believed(HERE, ledger.head().position(), PageRequest.first(10))
                                    .elements())
                    .isEmpty();
        }
    }

    @Test
    void anOwnerWhoIsNoSuperuserSeesAndWritesByAPolicyAlone() throws SQLException {
        try (var connection = database.dataSource().getConnection()) {
            Sql.update(connection, "create role bound_" + pid() + " login password 'bound'");
        }
        var url = TestDatabases.ownedUrl("bound_" + pid(), "bound");
        try (var bound = Database.open(url);
                var rows = new HandWrittenLedger(bound);
                var connection = bound.dataSource().getConnection()) {
            oneEntity(rows);
            assertThat(entities(connection)).isOne();
            Sql.update(connection, "drop policy of_store on entity");
            assertThat(entities(connection)).isZero();
            assertThatThrownBy(() -> rows.entity("here", "bob"))
                    .hasMessageContaining("row-level security");
        }
    }

    @Test
    void anotherOwnerSeesAllOnceItIsOpenedAgain() throws SQLException {
        try (var connection = database.dataSource().getConnection()) {
            for (var name : List.of("first_", "second_")) {
                Sql.update(connection, "create role " + name + pid() + " login password 'changes'");
            }
        }
        var url = TestDatabases.ownedUrl("first_" + pid(), "changes");
        try (var first = Database.open(url);
                var rows = new HandWrittenLedger(first)) {
            oneEntity(rows);
        }
        try (var whole = Database.open(TestDatabases.privileged(url));
                var connection = whole.dataSource().getConnection()) {
            Sql.update(connection, "reassign owned by first_" + pid() + " to second_" + pid());
            Sql.update(connection, "grant all on all tables in schema public to first_" + pid());
        }
        try (var second = Database.open(url.replace("first_", "second_"));
                var connection = second.dataSource().getConnection()) {
            assertThat(entities(connection)).isOne();
        }
        assertThatThrownBy(() -> Database.open(url)).hasMessageContaining("alter policy of_store");
    }

    private static void oneEntity(HandWrittenLedger rows) throws SQLException {
        rows.space("here");
        rows.next();
        rows.entity("here", "ann");
    }

    private static long pid() {
        return ProcessHandle.current().pid();
    }

    private static long entities(Connection connection) throws SQLException {
        return count(Sql.list(connection, "select count(*) from entity", row -> row.getLong(1)));
    }

    private static long count(List<Long> counted) {
        return counted.getFirst();
    }
}
