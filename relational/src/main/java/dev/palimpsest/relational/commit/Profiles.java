package dev.palimpsest.relational.commit;

import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Profile;
import dev.palimpsest.time.Recorded;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        Map<PredicateName, List<VersionRow>> believed = new HashMap<>();
        for (var part : Profile.PREDICATES) {
            var predicate = names.find(space, part.name());
            if (predicate.isPresent()) {
                var topic = new Topic.OfSubject(node, predicate.get().no());
                believed.put(part.name(), topics.rows(topic).believed());
            }
        }
        return Portraits.of(part -> believed.getOrDefault(part, List.of()));
    }
}
