package dev.palimpsest.question;

import java.util.Locale;

/// One of the things a question may ask about.
public enum Dimension {
    WHAT,
    WHERE,
    WHEN,
    WHY,
    WHO;

    /// The name used in JSON and papers.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
