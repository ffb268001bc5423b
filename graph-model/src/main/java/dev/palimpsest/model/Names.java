package dev.palimpsest.model;

import java.util.regex.Pattern;

/// What may serve as a name: the rules of ids, spaces and predicates in one place.
final class Names {

    static final int LONGEST_ID = 200;

    private static final Pattern SPACE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,62}");

    private Names() {}

    static String requireId(String id) {
        if (id.isBlank() || id.length() > LONGEST_ID) {
            throw new IllegalArgumentException(
                    "an id has 1 to " + LONGEST_ID + " characters: '" + shown(id) + "'");
        }
        if (id.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("an id has no control characters: '" + id + "'");
        }
        return id;
    }

    static String requireSpace(String name) {
        if (!SPACE.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a space is named by 1 to 63 of a-z 0-9 . _ - and starts with a letter or"
                            + " digit: '"
                            + shown(name)
                            + "'");
        }
        return name;
    }

    /// Predicates and entity types become labels and keys of the graph.
    static String requireWord(String what, String name) {
        if (!WORD.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    what
                            + " is named by 1 to 63 of A-Z a-z 0-9 _ and starts with a letter: '"
                            + shown(name)
                            + "'");
        }
        return name;
    }

    private static String shown(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
