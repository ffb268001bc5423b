package dev.palimpsest.relational.commit;

import dev.palimpsest.model.ObjectKind;
import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.Profile;
import java.util.Optional;

/// A predicate of a space and its number.
///
/// @param registered false if it came to be by its first use
/// @param kindsUsed of objects it was ever asserted with: bit n is the kind of ordinal n
record PredicateRow(
        int no, int space, Predicate predicate, boolean registered, int kindsUsed, long position) {

    boolean isUsed() {
        return kindsUsed != 0;
    }

    boolean isUsedWith(ObjectKind kind) {
        return (kindsUsed & bit(kind)) != 0;
    }

    /// Whether everything it was ever asserted with is of a kind that `definition` takes.
    static boolean fits(int kindsUsed, Predicate definition) {
        return takes(definition).map(kind -> (kindsUsed & ~bit(kind)) == 0).orElse(true);
    }

    /// The only kind of object that a predicate takes, if bound: one that relates entities takes
    /// entities, said or not.
    static Optional<ObjectKind> takes(Predicate definition) {
        boolean relates =
                definition.causal() || definition.symmetric() || definition.inverse().isPresent();
        return relates ? Optional.of(ObjectKind.ENTITY) : definition.object();
    }

    PredicateRow usedWith(ObjectKind kind) {
        return new PredicateRow(no, space, predicate, registered, kindsUsed | bit(kind), position);
    }

    /// Whether what is believed must be settled over all objects of a subject together: of a
    /// functional predicate, and of the parts of a profile, which are read together anyway.
    boolean isSettledTogether() {
        return predicate.functional() || Profile.isPart(predicate.name());
    }

    private static int bit(ObjectKind kind) {
        return 1 << Codes.of(kind);
    }
}
