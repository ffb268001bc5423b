package dev.palimpsest.relational;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.port.StoreException;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class DatabaseTest {

    @Test
    void hasTheLedgersTablesAfterOpening() throws SQLException {
        try (var database = TestDatabases.fresh()) {
            assertThat(number(database, "select last_position from ledger")).isZero();
        }
    }

    @Test
    void opensAgainWithWhatItHeld() throws SQLException {
        String url = TestDatabases.freshUrl();
        try (var database = Database.open(url)) {
            execute(database, "update ledger set last_position = 7");
        }
        try (var database = Database.open(url)) {
            assertThat(number(database, "select last_position from ledger")).isEqualTo(7);
        }
    }

    @Test
    void isAnotherLedgerEachTimeATestAsks() throws SQLException {
        try (var one = TestDatabases.fresh();
                var other = TestDatabases.fresh()) {
            assertThat(text(one, "select epoch from ledger"))
                    .isNotEqualTo(text(other, "select epoch from ledger"));
        }
    }

    @Test
    void refusesTablesOfALaterVersion() throws SQLException {
        String url = TestDatabases.freshUrl();
        try (var database = Database.open(url)) {
            execute(
                    database,
                    """
                    insert into flyway_schema_history
                    select 1000, '1000', 'later', type, 'V1000__later.sql', 1, installed_by,
                           installed_on, 1, true
                    from flyway_schema_history
                    where version = '1'
                    """);
        }
        assertThatThrownBy(() -> Database.open(url))
                .isInstanceOf(StoreException.Unavailable.class)
                .hasMessageContaining("do not fit this version");
    }

    @Test
    void refusesAServerThatForgetsCommits() throws SQLException {
        String url = TestDatabases.freshUrl();
        try (var database = Database.open(url)) {
            execute(
                    database,
                    """
                    do $$ begin execute format('alter database %I set synchronous_commit = off',
                                               current_database()); end $$
                    """);
        }
        assertThatThrownBy(() -> Database.open(url))
                .isInstanceOf(StoreException.Unavailable.class)
                .hasMessageContaining("does not write commits to disk");
    }

    @Test
    void saysInOneLineThatNobodyListens() {
        assertThatThrownBy(() -> Database.open("jdbc:postgresql://127.0.0.1:1/none?user=nobody"))
                .isInstanceOf(StoreException.Unavailable.class)
                .hasMessageContaining("refused");
    }

    @Test
    void refusesWhatIsNoPostgresUrl() {
        assertThatThrownBy(() -> Database.open("postgres on the left"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("jdbc:postgresql://host:5432/database");
    }

    private static void execute(Database database, String sql) throws SQLException {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long number(Database database, String sql) throws SQLException {
        return Long.parseLong(text(database, sql));
    }

    private static String text(Database database, String sql) throws SQLException {
        DataSource source = database.dataSource();
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var found = statement.executeQuery(sql)) {
            assertThat(found.next()).isTrue();
            return found.getString(1);
        }
    }
}
