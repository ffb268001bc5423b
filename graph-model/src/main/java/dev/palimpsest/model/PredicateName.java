package dev.palimpsest.model;

/// What a fact says of its subject.
public record PredicateName(String value) {

    public PredicateName {
        value = Names.requireWord("a predicate", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
