package dev.palimpsest.relational;

import dev.palimpsest.model.SpaceId;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Runs single queries about one space, each seeing the rows of that space alone if the database
/// can see to that; see [RowSecurity].
record SpaceReads(Reads reads, boolean guarded) {

    static SpaceReads of(Reads reads) {
        return new SpaceReads(reads, RowSecurity.isThere(reads));
    }

    /// As [Reads#list].
    <T> List<T> list(
            String doing, SpaceId space, String sql, Sql.Mapper<T> mapper, Object... parameters) {
        if (!guarded) {
            return reads.list(doing, sql, mapper, parameters);
        }
        try (var connection = reads.source().getConnection()) {
            return Sql.listAfter(
                    connection, RowSecurity.BEGIN, space.value(), sql, mapper, parameters);
        } catch (SQLException e) {
            throw SqlFailure.of(doing, e);
        }
    }

    /// As [Reads#first].
    <T> Optional<T> first(
            String doing, SpaceId space, String sql, Sql.Mapper<T> mapper, Object... parameters) {
        return list(doing, space, sql, mapper, parameters).stream().findFirst();
    }
}
