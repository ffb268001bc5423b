package dev.palimpsest.api.access;

import dev.palimpsest.model.Key;
import dev.palimpsest.model.Scope;
import dev.palimpsest.model.SpaceId;
import java.util.Optional;

/// Who sent a request.
public sealed interface Principal {

    /// Somebody on this machine, where nobody is asked for a key: may do everything.
    record Local() implements Principal {}

    /// The bearer of a key.
    record Bearer(Key key) implements Principal {}

    /// Whether it may do that in a space, whether that is there or not.
    default boolean may(Scope scope, SpaceId space) {
        return switch (this) {
            case Local _ -> true;
            case Bearer(var key) -> key.may(scope, space);
        };
    }

    /// What it is known by: the id of its key, or `local`.
    default String id() {
        return switch (this) {
            case Local _ -> "local";
            case Bearer(var key) -> key.id();
        };
    }

    /// What people call it.
    default String name() {
        return switch (this) {
            case Local _ -> "local";
            case Bearer(var key) -> key.name().value();
        };
    }

    /// @param space that the request is about; empty if about none
    /// @throws Refused if its key does not allow this
    default void require(Need need, Optional<SpaceId> space) {
        if (this instanceof Bearer(var key)) {
            switch (need) {
                case Need.Nothing _, Need.AnyKey _ -> {}
                case Need.InSpace(var scope) -> {
                    var asked = space.orElseThrow(() -> new IllegalStateException("no space"));
                    if (!key.may(scope, asked)) {
                        throw Refused.lacks(scope, "space '" + asked + "'");
                    }
                }
                case Need.Everywhere(var scope) -> {
                    if (!key.mayEverywhere(scope)) {
                        throw Refused.lacks(scope, "all spaces");
                    }
                }
            }
        }
    }
}
