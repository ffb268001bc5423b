package dev.palimpsest.relational.commit;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Profile;
import dev.palimpsest.model.RowId;
import dev.palimpsest.time.Recorded;
import dev.palimpsest.time.Stamp;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The profiles that an entity ever had, as the versions that are left of its facts have them.
/// Unlike all else they are made again for the past as well: an entity always has one.
final class ProfileHistory {

    private final Erasure erasure;
    private final long node;
    private final TreeMap<Long, List<VersionRow>> begun = new TreeMap<>();
    private final TreeMap<Long, List<VersionRow>> ended = new TreeMap<>();

    /// Where what is believed changes.
    private final TreeMap<Long, Stamp> cuts = new TreeMap<>();

    /// What is believed where the sweep through positions stands.
    private final Map<PredicateName, Map<RowId, VersionRow>> believed = new HashMap<>();

    private final Map<Integer, PredicateName> names = new HashMap<>();

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
        var kept = after.stream().map(ProfileRow::id).collect(Collectors.toSet());
        var redacted = before.stream().filter(row -> !kept.contains(row.id())).toList();
        erasure.goneProfiles(node);
        unread(redacted);
        erasure.change("delete from profile where entity = ?", node);
        Tables.PROFILE.write(erasure.connection(), after);
        for (var row : after) {
            erasure.entry()
                    .note(Change.Kind.PROFILE, row.id().value(), row.recorded().fromPosition());
        }
        erasure.count("profiles", redacted.size());
    }

    private void readVersions() throws SQLException {
        var parts = Profile.PREDICATES.stream().map(part -> part.name().value());
        erasure.each(
                RowReader.PARTS_EVER_BELIEVED,
                row -> {
                    var version = RowShapes.versionWithEnd(row);
                    names.put(version.key().predicate(), new PredicateName(row.getString(21)));
                    add(begun, version.recorded().from(), version);
                    version.recorded().until().ifPresent(until -> add(ended, until, version));
                },
                node,
                erasure.connection().createArrayOf("text", parts.toArray(String[]::new)));
    }

    private void add(Map<Long, List<VersionRow>> at, Stamp stamp, VersionRow version) {
        cuts.put(stamp.position().number(), stamp);
        at.computeIfAbsent(stamp.position().number(), _ -> new ArrayList<>()).add(version);
    }

    /// Moves what is believed on to a position, which lies behind none before.
    private void sweepTo(long position) {
        while (!begun.isEmpty() && begun.firstKey() <= position) {
            for (var version : begun.pollFirstEntry().getValue()) {
                ofPart(version).put(version.id(), version);
            }
        }
        while (!ended.isEmpty() && ended.firstKey() <= position) {
            for (var version : ended.pollFirstEntry().getValue()) {
                ofPart(version).remove(version.id());
            }
        }
    }

    private Map<RowId, VersionRow> ofPart(VersionRow version) {
        var name = Objects.requireNonNull(names.get(version.key().predicate()));
        return believed.computeIfAbsent(name, _ -> new LinkedHashMap<>());
    }

    /// What a profile says when only what is left is said; in parts where that changed meanwhile.
    private List<ProfileRow> redacted(ProfileRow row) {
        List<ProfileRow> rows = new ArrayList<>();
        for (var from : cuts(row.recorded())) {
            sweepTo(from.position().number());
            var portrait =
                    Portraits.of(
                            name -> List.copyOf(believed.getOrDefault(name, Map.of()).values()));
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
        rows.add(with(last, last.portrait(), closed(last.recorded(), row.recorded())));
        return rows.size() == 1 && rows.getFirst().portrait().equals(row.portrait())
                ? List.of(row)
                : rows.stream().map(this::renamed).toList();
    }

    /// The start of a stretch, and where within it what is believed changes.
    private List<Stamp> cuts(Recorded stretch) {
        long from = stretch.fromPosition();
        long until = stretch.untilPosition();
        List<Stamp> within = new ArrayList<>();
        within.add(stretch.from());
        within.addAll(cuts.subMap(from, false, until, false).values());
        return within;
    }

    private ProfileRow renamed(ProfileRow row) {
        return new ProfileRow(
                erasure.entry().nextRowId(),
                row.space(),
                row.node(),
                row.portrait(),
                row.recorded());
    }

    private static ProfileRow with(
            ProfileRow row, ProfileRow.Portrait portrait, Recorded recorded) {
        return new ProfileRow(row.id(), row.space(), row.node(), portrait, recorded);
    }

    private static Recorded closed(Recorded piece, Recorded whole) {
        return whole.until().map(piece::closedAt).orElse(piece);
    }

    private void unread(List<ProfileRow> redacted) throws SQLException {
        List<EntityId> id = new ArrayList<>();
        erasure.each(
                "select id from entity where node = ?",
                row -> id.add(new EntityId(row.getString(1))),
                node);
        for (var row : redacted) {
            if (!id.isEmpty()) {
                erasure.unread(row.portrait().text(id.getFirst()));
            }
        }
    }
}
