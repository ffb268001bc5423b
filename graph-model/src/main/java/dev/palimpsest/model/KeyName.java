package dev.palimpsest.model;

/// What people call a key, such as the agent it was made for. Two keys may have the same.
public record KeyName(String value) {

    private static final int LONGEST = 100;

    public KeyName {
        if (value.isBlank() || value.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "a key's name has 1 to " + LONGEST + " characters, not " + value.length());
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a key's name has no control characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
