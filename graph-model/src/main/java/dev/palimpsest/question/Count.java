package dev.palimpsest.question;

/// How many rows pass the hard constraints of a question, in groups.
///
/// @param question what counts; with no constraint everything does. Its limit does not matter
/// @param groups the most groups wanted, the largest first
public record Count(Question question, Grouping by, int groups) {

    /// The most groups that may be asked for.
    public static final int MOST_GROUPS = 10_000;

    /// How many groups there are at most if nobody says.
    public static final int USUAL_GROUPS = 100;

    public Count {
        question.constraints().stream()
                .filter(constraint -> !constraint.isHard())
                .findFirst()
                .ifPresent(soft -> {
                    throw new IllegalArgumentException(soft.word() + " " + SOFT);
                });
        if (groups < 1 || groups > MOST_GROUPS) {
            throw new IllegalArgumentException(
                    "groups must lie between 1 and " + MOST_GROUPS + ": " + groups);
        }
    }

    /// Why a soft constraint is refused, in words that follow its name.
    public static final String SOFT =
            "is soft: it puts first what fits best and leaves nothing out, so nothing can be counted"
                    + " by it; leave it out";
}
