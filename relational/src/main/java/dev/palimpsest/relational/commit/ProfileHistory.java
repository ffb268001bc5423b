package dev.palimpsest.relational.commit;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Profile;
import dev.palimpsest.relational.commit.ProfileRow.Portrait;
import dev.palimpsest.time.Position;
import dev.palimpsest.time.Recorded;
import dev.palimpsest.time.Stamp;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The profiles that an entity ever had, as the versions that are left of its facts have them.
/// Unlike all else they are made again for the past as well: an entity always has one.
final class ProfileHistory {

    private final Erasure erasure;
    private final long node;
    private final Map<PredicateName, List<VersionRow>> versions = new HashMap<>();

    ProfileHistory(Erasure erasure, long node) {
        this.erasure = erasure;
        this.node = node;
    }

    void redact() throws SQLException {
        readVersions();
        List<ProfileRow> before = new ArrayList<>();
        erasure.each(
                RowReader.PROFILES_EVER, row -> before.add(RowShapes.profileWithEnd(row)), node);
        List<ProfileRow> after = new ArrayList<>();
        for (var row : before) {
            after.addAll(redacted(row));
        }
        if (after.equals(before)) {
            return;
        }
        for (var row : before) {
            erasure.gone(Change.Kind.PROFILE, row.id(), node);
        }
        unread(before, after);
        erasure.change("delete from profile where entity = ?", node);
        Tables.PROFILE.write(erasure.connection(), after);
        for (var row : after) {
            erasure.entry()
                    .note(Change.Kind.PROFILE, row.id().value(), row.recorded().fromPosition());
        }
        erasure.count("profiles", before.stream().filter(row -> !after.contains(row)).count());
    }

    private void readVersions() throws SQLException {
        var names = Profile.PREDICATES.stream().map(part -> part.name().value());
        erasure.each(
                RowReader.PARTS_EVER_BELIEVED,
                row ->
                        versions.computeIfAbsent(
                                        new PredicateName(row.getString(21)),
                                        _ -> new ArrayList<>())
                                .add(RowShapes.versionWithEnd(row)),
                node,
                erasure.connection().createArrayOf("text", names.toArray(String[]::new)));
    }

    /// What a profile says when only what is left is said; in parts where that changed meanwhile.
    private List<ProfileRow> redacted(ProfileRow row) {
        var cuts = new TreeMap<Long, Stamp>();
        cuts.put(row.recorded().fromPosition(), row.recorded().from());
        for (var part : versions.values()) {
            for (var version : part) {
                addCut(cuts, row.recorded(), version.recorded().from());
                version.recorded().until().ifPresent(until -> addCut(cuts, row.recorded(), until));
            }
        }
        List<ProfileRow> rows = new ArrayList<>();
        for (var from : cuts.values()) {
            var portrait = Portraits.of(name -> believed(name, from.position()));
            var last = rows.isEmpty() ? null : rows.getLast();
            if (last != null && last.portrait().equals(portrait)) {
                continue;
            }
            if (last != null) {
                rows.set(rows.size() - 1, last.closedAt(from));
            }
            rows.add(with(row, portrait, Recorded.since(from)));
        }
        var last = rows.removeLast();
        rows.add(with(last, last.portrait(), ended(last.recorded(), row.recorded())));
        return rows.size() == 1 && rows.getFirst().portrait().equals(row.portrait())
                ? List.of(row)
                : rows.stream().map(this::renamed).toList();
    }

    private ProfileRow renamed(ProfileRow row) {
        return new ProfileRow(
                erasure.entry().nextRowId(),
                row.space(),
                row.node(),
                row.portrait(),
                row.recorded());
    }

    private static ProfileRow with(ProfileRow row, Portrait portrait, Recorded recorded) {
        return new ProfileRow(row.id(), row.space(), row.node(), portrait, recorded);
    }

    private static Recorded ended(Recorded piece, Recorded whole) {
        return whole.until().map(piece::closedAt).orElse(piece);
    }

    private static void addCut(Map<Long, Stamp> cuts, Recorded row, Stamp stamp) {
        if (row.visibleAt(stamp.position())) {
            cuts.put(stamp.position().number(), stamp);
        }
    }

    private List<VersionRow> believed(PredicateName part, Position at) {
        return versions.getOrDefault(part, List.of()).stream()
                .filter(version -> version.recorded().visibleAt(at))
                .toList();
    }

    private void unread(List<ProfileRow> before, List<ProfileRow> after) throws SQLException {
        List<EntityId> id = new ArrayList<>();
        erasure.each(
                "select id from entity where node = ?",
                row -> id.add(new EntityId(row.getString(1))),
                node);
        for (var row : before) {
            if (!after.contains(row) && !id.isEmpty()) {
                erasure.unread(row.portrait().text(id.getFirst()));
            }
        }
    }
}
