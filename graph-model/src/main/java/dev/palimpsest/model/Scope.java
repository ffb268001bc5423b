package dev.palimpsest.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// What a key may do. None of them brings another with it.
public enum Scope {
    /// Ask, and read by id, list and history.
    READ,
    /// Say something, take it back, make a space.
    WRITE,
    /// Forget for good and give everything out; of all spaces: keys, upkeep, backup and audit.
    ADMIN,
    /// Decide on what others propose.
    APPROVE;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @throws IllegalArgumentException if no scope is called so
    public static Scope of(String word) {
        return Arrays.stream(values())
                .filter(scope -> scope.word().equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "a scope is one of "
                                        + Arrays.stream(values())
                                                .map(Scope::word)
                                                .collect(Collectors.joining(", "))
                                        + ": '"
                                        + word
                                        + "'"));
    }
}
