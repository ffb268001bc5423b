package dev.palimpsest.relational.commit;

import dev.palimpsest.model.EntityType;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Profile;
import dev.palimpsest.model.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Puts together what a profile says of what is believed of its parts. Pure functions.
final class Portraits {

    private final Believed believed;

    private Portraits(Believed believed) {
        this.believed = believed;
    }

    /// Versions of facts of one entity.
    interface Believed {
        List<VersionRow> of(PredicateName part);
    }

    static ProfileRow.Portrait of(Believed believed) {
        return new Portraits(believed).portrait();
    }

    private ProfileRow.Portrait portrait() {
        var names = inOrder(Profile.NAME);
        var name = names.isEmpty() ? Optional.<String>empty() : Optional.of(text(names.getLast()));
        var others = new TreeSet<String>();
        names.forEach(version -> others.add(text(version)));
        inOrder(Profile.ALIAS).forEach(version -> others.add(text(version)));
        name.ifPresent(others::remove);
        return new ProfileRow.Portrait(
                last(Profile.TYPE)
                        .map(version -> new EntityType(text(version)))
                        .orElse(EntityType.THING),
                name,
                List.copyOf(others),
                last(Profile.DESCRIPTION).map(Portraits::text),
                last(Profile.PLACE)
                        .flatMap(version ->
                                version.key().object() instanceof Value.Geo(var point)
                                        ? Optional.of(point)
                                        : Optional.empty()),
                inOrder(Profile.EXISTS).stream()
                        .filter(version -> version.key().object().equals(new Value.Flag(true)))
                        .reduce((_, later) -> later)
                        .map(VersionRow::valid));
    }

    private Optional<VersionRow> last(PredicateName part) {
        return inOrder(part).stream().reduce((_, later) -> later);
    }

    /// What is believed of one part, by valid time.
    private List<VersionRow> inOrder(PredicateName part) {
        var versions = new ArrayList<>(believed.of(part));
        versions.sort(Comparator.comparingLong(version -> version.valid().fromMicros()));
        return versions;
    }

    private static String text(VersionRow version) {
        return version.key().object().canonical();
    }
}
