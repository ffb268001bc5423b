package dev.palimpsest.datasets.peers;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// SQL in which `{name}` stands for a value.
record NamedSql(String text, Map<String, Object> values) {

    private static final Pattern NAME = Pattern.compile("\\{([a-zA-Z]+)}");

    NamedSql {
        values = Map.copyOf(values);
    }

    /// Reads one row.
    interface Mapper<T> {
        T of(ResultSet row) throws SQLException;
    }

    <T> List<T> list(Connection connection, Mapper<T> mapper) throws SQLException {
        var names = NAME.matcher(text).results().map(found -> found.group(1)).toList();
        try (PreparedStatement statement =
                connection.prepareStatement(NAME.matcher(text).replaceAll("?"))) {
            for (int i = 0; i < names.size(); i++) {
                Object value = values.get(names.get(i));
                if (value == null) {
                    throw new IllegalStateException("no value for " + names.get(i));
                }
                statement.setObject(i + 1, value);
            }
            List<T> found = new ArrayList<>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(mapper.of(rows));
                }
            }
            return found;
        }
    }

    /// With the values in it, shortened: to be read, not to be run.
    String shown() {
        return NAME.matcher(text)
                .replaceAll(found -> {
                    String value = String.valueOf(values.get(found.group(1)));
                    boolean isNumber = values.get(found.group(1)) instanceof Number;
                    String brief = value.length() > 60 ? value.substring(0, 57) + "..." : value;
                    return Matcher.quoteReplacement(isNumber ? brief : "'" + brief + "'");
                });
    }
}
