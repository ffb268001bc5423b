package dev.palimpsest.query.run;

import dev.palimpsest.model.EntityProfile;
import dev.palimpsest.model.FactId;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Profile;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import java.util.ArrayList;
import java.util.List;

/// The facts a profile was put together from. Their ids follow from what they say.
final class ProfileFacts {

    private ProfileFacts() {}

    /// Those it shows; an entity that was only ever mentioned has a type that no fact gave it.
    static List<FactId> of(SpaceId space, EntityProfile profile) {
        var facts = new ArrayList<FactId>();
        add(facts, space, profile, Profile.TYPE, new Value.Text(profile.type().value()));
        profile.name()
                .ifPresent(name -> add(facts, space, profile, Profile.NAME, new Value.Text(name)));
        for (var alias : profile.aliases()) {
            add(facts, space, profile, Profile.ALIAS, new Value.Text(alias));
        }
        profile.description()
                .ifPresent(words ->
                        add(facts, space, profile, Profile.DESCRIPTION, new Value.Text(words)));
        profile.place()
                .ifPresent(
                        point -> add(facts, space, profile, Profile.PLACE, new Value.Geo(point)));
        if (profile.exists().isPresent()) {
            add(facts, space, profile, Profile.EXISTS, new Value.Flag(true));
        }
        return facts;
    }

    private static void add(
            List<FactId> facts,
            SpaceId space,
            EntityProfile profile,
            PredicateName predicate,
            Value object) {
        facts.add(FactId.of(space, profile.entity(), predicate, object));
    }
}
