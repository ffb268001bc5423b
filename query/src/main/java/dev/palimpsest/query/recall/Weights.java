package dev.palimpsest.query.recall;

/// What each signal counts for a memory; together 1. Each signal lies between 0 and 1.
///
/// @param alone the question's words in the memory itself; in a session also words like them
/// @param near the same with two memories of its session on either side
/// @param far the same with ten
/// @param meaning how near the memory's meaning is
/// @param covered which share of the words, the rarer the more, occurs as it is written in the
///   memory or beside it
/// @param speaker whether the one speaker whom the question names speaks; a half if it names none
/// @param speakerMeaning the two together
/// @param length of its text
record Weights(
        double alone,
        double near,
        double far,
        double meaning,
        double covered,
        double speaker,
        double speakerMeaning,
        double length) {

    /// For what was said in a session. Fitted (softmax over the turns of a conversation, L2 .003)
    /// on two conversations of LoCoMo, 26 and 30, and rounded.
    static final Weights OF_TURNS = new Weights(1.5, 3.2, 1.9, 1.3, 1.5, 1.6, 1.3, 1.2).shares();

    /// For what stands by itself.
    static final Weights OF_NOTES = new Weights(.3, 0, 0, .7, 0, 0, 0, 0);

    private Weights shares() {
        double all = alone + near + far + meaning + covered + speaker + speakerMeaning + length;
        return new Weights(
                alone / all,
                near / all,
                far / all,
                meaning / all,
                covered / all,
                speaker / all,
                speakerMeaning / all,
                length / all);
    }

    /// @param of the memory's signals, in the same places
    double sum(Weights of) {
        return alone * of.alone
                + near * of.near
                + far * of.far
                + meaning * of.meaning
                + covered * of.covered
                + speaker * of.speaker
                + speakerMeaning * of.speakerMeaning
                + length * of.length;
    }
}
