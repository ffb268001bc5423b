package dev.palimpsest.relational.commit;

import dev.palimpsest.model.FactId;
import dev.palimpsest.model.Profile;

/// What is settled by itself: what is said of one topic never bears on another.
///
/// Of a functional predicate all objects of a subject are one topic, for they exclude each other;
/// of a multi-valued one each fact is its own, so that a subject with very many objects costs no
/// more than one with few.
sealed interface Topic {

    /// The node of what it is about.
    long subject();

    record OfSubject(long subject, int predicate) implements Topic {}

    record OfFact(long subject, FactId fact) implements Topic {}

    /// Whether it may be read and derived in part, by valid time: where objects exclude each other,
    /// but for the parts of a profile, which is made of them all.
    static boolean isDivisible(PredicateRow predicate) {
        return predicate.predicate().functional() && !Profile.isPart(predicate.predicate().name());
    }

    static Topic of(FactKey key, PredicateRow predicate) {
        return predicate.isSettledTogether()
                ? new OfSubject(key.subject(), key.predicate())
                : new OfFact(key.subject(), key.fact());
    }
}
