package dev.palimpsest.relational.commit;

import dev.palimpsest.model.FactId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Facts that others say as well as who is forgotten: of each version remains what they said.
final class SharedFacts {

    private final Erasure erasure;

    SharedFacts(Erasure erasure) {
        this.erasure = erasure;
    }

    /// Call it when what is forgotten is no longer among the assertions.
    void keepWhatRemains(List<UUID> facts) throws SQLException {
        var ids = erasure.connection().createArrayOf("uuid", facts.toArray(UUID[]::new));
        Map<FactId, List<AssertionRow>> said = new HashMap<>();
        erasure.each(
                RowReader.EVER_SAID,
                row -> {
                    var assertion = RowShapes.assertionWithEnd(row);
                    said.computeIfAbsent(assertion.content().key().fact(), _ -> new ArrayList<>())
                            .add(assertion);
                },
                ids);
        List<VersionRow> versions = new ArrayList<>();
        erasure.each(
                RowReader.EVER_BELIEVED, row -> versions.add(RowShapes.versionWithEnd(row)), ids);
        for (var version : versions) {
            keepWhatRemains(version, said.getOrDefault(version.key().fact(), List.of()));
        }
    }

    private void keepWhatRemains(VersionRow version, List<AssertionRow> said) throws SQLException {
        var pieces = Remains.of(version, said);
        if (pieces.equals(List.of(new Remains.Piece(version.valid(), version.recorded())))) {
            return;
        }
        erasure.gone(version);
        erasure.change(
                "delete from fact_version where from_position = ? and id = ?",
                version.recorded().fromPosition(),
                version.id().value());
        erasure.count("factVersions", 1);
        List<VersionRow> rows = new ArrayList<>();
        for (var piece : pieces) {
            var row =
                    new VersionRow(
                            erasure.entry().nextRowId(),
                            version.key(),
                            piece.valid(),
                            version.qualifiers(),
                            piece.recorded());
            rows.add(row);
            erasure.entry()
                    .note(
                            Change.Kind.FACT_VERSION,
                            row.id().value(),
                            row.recorded().fromPosition());
        }
        Tables.FACT_VERSION.write(erasure.connection(), rows);
        var statement = version.qualifiers().statement();
        if (pieces.isEmpty() && statement.isPresent()) {
            erasure.unread(statement.get());
        }
    }
}
