package dev.palimpsest.relational.commit;

import dev.palimpsest.model.EntityType;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Profile;
import dev.palimpsest.model.Value;
import dev.palimpsest.time.Recorded;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Records and closes profiles so that each entity has exactly one that says what is believed of
/// its type, names, description, place and existence.
final class Profiles {

    private final WorkingState state;
    private final Names names;
    private final Topics topics;

    Profiles(WorkingState state, Names names, Topics topics) {
        this.state = state;
        this.names = names;
        this.topics = topics;
    }

    /// Whether profiles are made of facts with this predicate.
    static boolean dependOn(PredicateRow predicate) {
        return Profile.isPart(predicate.predicate().name());
    }

    void derive(Entry entry, long node) throws SQLException {
        var portrait = portrait(entry.space(), node);
        if (!state.profiles.has(node) && !state.isNew(node)) {
            topics.loadProfiles(List.of(node));
        }
        var before = state.profiles.find(node);
        if (before.map(ProfileRow::portrait).equals(Optional.of(portrait))) {
            return;
        }
        before.ifPresent(row -> entry.touch(row.closedAt(entry.stamp())));
        var row =
                new ProfileRow(
                        entry.nextRowId(),
                        entry.space(),
                        node,
                        portrait,
                        Recorded.since(entry.stamp()));
        entry.touch(row);
        state.profiles.put(node, row);
    }

    private ProfileRow.Portrait portrait(int space, long node) throws SQLException {
        var names = believed(space, node, Profile.NAME);
        var name = names.isEmpty() ? Optional.<String>empty() : Optional.of(text(names.getLast()));
        var others = new TreeSet<String>();
        names.forEach(version -> others.add(text(version)));
        believed(space, node, Profile.ALIAS).forEach(version -> others.add(text(version)));
        name.ifPresent(others::remove);
        return new ProfileRow.Portrait(
                last(space, node, Profile.TYPE)
                        .map(version -> new EntityType(text(version)))
                        .orElse(EntityType.THING),
                name,
                List.copyOf(others),
                last(space, node, Profile.DESCRIPTION).map(Profiles::text),
                last(space, node, Profile.PLACE)
                        .flatMap(version ->
                                version.key().object() instanceof Value.Geo(var point)
                                        ? Optional.of(point)
                                        : Optional.empty()),
                believed(space, node, Profile.EXISTS).stream()
                        .filter(version -> version.key().object().equals(new Value.Flag(true)))
                        .reduce((_, later) -> later)
                        .map(VersionRow::valid));
    }

    private Optional<VersionRow> last(int space, long node, PredicateName part)
            throws SQLException {
        return believed(space, node, part).stream().reduce((_, later) -> later);
    }

    /// What is believed of one part, by valid time.
    private List<VersionRow> believed(int space, long node, PredicateName part)
            throws SQLException {
        var predicate = names.find(space, part);
        if (predicate.isEmpty()) {
            return List.of();
        }
        var versions =
                new ArrayList<>(
                        topics.rows(new Topic.OfSubject(node, predicate.get().no())).believed());
        versions.sort(Comparator.comparingLong(version -> version.valid().fromMicros()));
        return versions;
    }

    private static String text(VersionRow version) {
        return version.key().object().canonical();
    }
}
