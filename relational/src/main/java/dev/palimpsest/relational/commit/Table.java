package dev.palimpsest.relational.commit;

import java.lang.reflect.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// How rows of one kind go into a table: all of a batch in one statement, a column at a time, each
/// column an array. The statement is made once of names written in this program.
final class Table<T> {

    /// What a row has in one column.
    interface Cell<T> {
        @Nullable Object of(T row);
    }

    private record Column<T>(String name, ColumnType type, Cell<T> cell) {}

    private final String sql;
    private final List<Column<T>> columns;

    private Table(String sql, List<Column<T>> columns) {
        this.sql = sql;
        this.columns = List.copyOf(columns);
    }

    static <T> Columns<T> insertInto(String table) {
        return new Columns<>("insert into " + table + " (%1$s) select %2$s from %3$s");
    }

    /// @param sql with `%3$s` where the rows come from, called `given`
    static <T> Columns<T> statement(String sql) {
        return new Columns<>(sql);
    }

    /// Columns of a table, one after the other.
    static final class Columns<T> {
        private final String frame;
        private final List<Column<T>> columns = new ArrayList<>();
        private String ending = "";

        private Columns(String frame) {
            this.frame = frame;
        }

        Columns<T> with(String name, ColumnType type, Cell<T> cell) {
            columns.add(new Column<>(name, type, cell));
            return this;
        }

        Columns<T> ending(String sql) {
            ending = " " + sql;
            return this;
        }

        Table<T> done() {
            var names = columns.stream().map(column -> "\"" + column.name + "\"").toList();
            var values =
                    columns.stream()
                            .map(column -> "given." + quoted(column) + "::" + column.type.column())
                            .collect(Collectors.joining(", "));
            var arrays =
                    columns.stream()
                            .map(column -> "?::" + column.type.wire() + "[]")
                            .collect(Collectors.joining(", "));
            var all = String.join(", ", names);
            var given = "unnest(" + arrays + ") as given (" + all + ")";
            return new Table<>(frame.formatted(all, values, given) + ending, columns);
        }

        private static String quoted(Column<?> column) {
            return "\"" + column.name + "\"";
        }
    }

    /// @return how many rows were written
    int write(Connection connection, Collection<T> rows) throws SQLException {
        if (rows.isEmpty()) {
            return 0;
        }
        try (var statement = connection.prepareStatement(sql)) {
            for (int i : IntStream.range(0, columns.size()).toArray()) {
                var type = columns.get(i).type;
                statement.setArray(
                        i + 1, connection.createArrayOf(type.wire(), values(columns.get(i), rows)));
            }
            return statement.executeUpdate();
        }
    }

    private Object[] values(Column<T> column, Collection<T> rows) {
        var values = (Object[]) Array.newInstance(column.type.java(), rows.size());
        int i = 0;
        for (T row : rows) {
            values[i++] = column.cell.of(row);
        }
        return values;
    }
}
