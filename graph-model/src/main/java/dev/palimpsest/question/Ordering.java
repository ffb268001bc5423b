package dev.palimpsest.question;

/// In which order memories come that fit the words, if not by how well they do alone.
///
/// @param diversity 0 to 1: how much it counts against a memory that one before it means the same
/// @param rerank whether somebody else's reranker, which must be set up, grades the best anew
public record Ordering(double diversity, boolean rerank) {

    public static final Ordering USUAL = new Ordering(0, false);

    public Ordering {
        if (!(diversity >= 0 && diversity <= 1)) {
            throw new IllegalArgumentException("diversity must lie between 0 and 1: " + diversity);
        }
    }

    public boolean isUsual() {
        return equals(USUAL);
    }
}
