package dev.palimpsest.api.access;

import dev.palimpsest.model.Scope;

/// What a route or a tool needs of a key.
public sealed interface Need {

    /// Nothing: it is open to everybody, and tells nothing of any space.
    record Nothing() implements Need {}

    /// Some key that is valid; the answer holds only what that may see.
    record AnyKey() implements Need {}

    /// A scope for the space that it is about.
    record InSpace(Scope scope) implements Need {}

    /// A scope for all spaces: it is about none of them alone.
    record Everywhere(Scope scope) implements Need {}

    /// Whether it is for changing something, or for looking after the store.
    default boolean isMoreThanReading() {
        return switch (this) {
            case Nothing _, AnyKey _ -> false;
            case InSpace(var scope) -> scope != Scope.READ;
            case Everywhere(var scope) -> scope != Scope.READ;
        };
    }
}
