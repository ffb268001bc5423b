package dev.palimpsest.api.access;

import dev.palimpsest.model.Key;
import dev.palimpsest.model.Key.Reach;
import dev.palimpsest.model.Scope;
import dev.palimpsest.model.SpaceId;
import java.util.Optional;
import java.util.Set;

/// Who sent a request.
public sealed interface Principal {

    /// Somebody on this machine, where nobody is asked for a key: may do everything.
    record Local() implements Principal {}

    /// The bearer of a key.
    record Bearer(Key key) implements Principal {}

    /// The bearer of a token that an issuer made.
    ///
    /// @param reach which spaces it is for; empty if none
    record Token(String issuer, String subject, Set<Scope> scopes, Optional<Reach> reach)
            implements Principal {

        public Token {
            scopes = Set.copyOf(scopes);
        }
    }

    /// Whether it may do that in a space, whether that is there or not.
    default boolean may(Scope scope, SpaceId space) {
        return switch (this) {
            case Local _ -> true;
            case Bearer(var key) -> key.may(scope, space);
            case Token token ->
                    token.scopes.contains(scope)
                            && token.reach.map(spaces -> spaces.covers(space)).orElse(false);
        };
    }

    /// Whether it may in every space, and so what concerns none.
    default boolean mayEverywhere(Scope scope) {
        return switch (this) {
            case Local _ -> true;
            case Bearer(var key) -> key.mayEverywhere(scope);
            case Token token ->
                    token.scopes.contains(scope)
                            && token.reach.map(Reach.Everywhere.class::isInstance).orElse(false);
        };
    }

    /// What it is known by: the id of its key, the issuer and subject of its token, or `local`.
    default String id() {
        return switch (this) {
            case Local _ -> "local";
            case Bearer(var key) -> key.id();
            case Token token -> token.issuer + " " + token.subject;
        };
    }

    /// What people call it.
    default String name() {
        return switch (this) {
            case Local _ -> "local";
            case Bearer(var key) -> key.name().value();
            case Token token -> token.subject;
        };
    }

    /// @param space that the request is about; empty if about none
    /// @throws Refused if its key or token does not allow this
    default void require(Need need, Optional<SpaceId> space) {
        switch (need) {
            case Need.Nothing _, Need.AnyKey _ -> {}
            case Need.InSpace(var scope) -> {
                var asked = space.orElseThrow(() -> new IllegalStateException("no space"));
                if (!may(scope, asked)) {
                    throw Refused.lacks(scope, "space '" + asked + "'");
                }
            }
            case Need.Everywhere(var scope) -> {
                if (!mayEverywhere(scope)) {
                    throw Refused.lacks(scope, "all spaces");
                }
            }
        }
    }
}
