package dev.palimpsest.query.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.question.Answer;
import dev.palimpsest.question.Constraint.What;
import dev.palimpsest.question.Constraint.Why;
import dev.palimpsest.question.Dimension;
import dev.palimpsest.question.Hit;
import dev.palimpsest.question.Hit.Found;
import dev.palimpsest.question.Question;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;

/// Holds an answer against what a plain scan gives.
public final class AnswerCheck {

    private static final Offset<Double> CLOSE = within(1e-9);

    /// How far off an estimate by samples may be; its samples are the same in each run.
    private static final double STANDARD_ERRORS = 4;

    private AnswerCheck() {}

    /// @param words what it is the answer to
    public static void that(Answer answer, Question question, NaiveReader naive, String words) {
        check(answer, question, naive.answer(), words);
        checkStrengths(answer, question, naive);
        checkQuantities(answer, question, naive);
    }

    /// Words order what passes, and leave out what has nothing to do with them.
    private static void check(
            Answer answer, Question question, Set<String> expected, String words) {
        if (question.find(What.Text.class).isEmpty() && expected.size() <= Question.MOST_HITS) {
            assertThat(names(answer)).as(words).containsExactlyInAnyOrderElementsOf(expected);
        } else {
            assertThat(expected).as(words).containsAll(names(answer));
        }
    }

    /// Of an answer to one why: how strong chains are, and how likely the effect is.
    private static void checkStrengths(Answer answer, Question question, NaiveReader naive) {
        var asked =
                question.constraints().stream()
                        .filter(Why.class::isInstance)
                        .map(Why.class::cast)
                        .toList();
        if (asked.size() != 1) {
            return;
        }
        var why = asked.getFirst();
        for (var hit : withFolded(answer)) {
            var words = question + ": " + hit;
            switch (hit.found()) {
                case Found.OfEntity(var profile) -> {
                    checkChains(hit, naive.causes().strengths(profile.entity(), why), why, words);
                    checkLikelihood(hit, profile.entity(), naive, why, words);
                }
                case Found.OfFact(var version) ->
                        checkChains(hit, naive.causes().strengths(version, why), why, words);
                case Found.OfMemory(var memory) -> {
                    double best =
                            memory.mentions().stream()
                                    .flatMap(entity ->
                                            naive.causes().strengths(entity, why).stream())
                                    .mapToDouble(Double::doubleValue)
                                    .max()
                                    .orElseThrow();
                    assertThat(hit.by().get(Dimension.WHY)).as(words).isCloseTo(best, CLOSE);
                    assertThat(hit.paths().getFirst().strength()).as(words).isCloseTo(best, CLOSE);
                }
            }
        }
    }

    private static void checkChains(Hit hit, List<Double> strengths, Why why, String words) {
        var best = strengths.stream().limit(why.paths()).toList();
        assertThat(hit.by().get(Dimension.WHY)).as(words).isCloseTo(best.getFirst(), CLOSE);
        assertThat(hit.paths()).as(words).hasSize(best.size());
        for (int i = 0; i < best.size(); i++) {
            assertThat(hit.paths().get(i).strength()).as(words).isCloseTo(best.get(i), CLOSE);
        }
    }

    private static void checkLikelihood(
            Hit hit, EntityId entity, NaiveReader naive, Why why, String words) {
        var likelihood = hit.likelihood().orElseThrow();
        var off = within(likelihood.standardError().orElse(0) * STANDARD_ERRORS + 1e-9);
        naive.causes()
                .probability(entity, why)
                .ifPresent(exact ->
                        assertThat(likelihood.probability()).as(words).isCloseTo(exact, off));
    }

    private static List<Hit> withFolded(Answer answer) {
        return answer.hits().stream()
                .flatMap(hit -> Stream.concat(Stream.of(hit), hit.folded().stream()))
                .toList();
    }

    /// How near quantities are, where no words are judged with them.
    private static void checkQuantities(Answer answer, Question question, NaiveReader naive) {
        var wanted = question.find(What.Quantities.class).map(What.Quantities::wanted);
        if (wanted.isEmpty() || question.find(What.Text.class).isPresent()) {
            return;
        }
        boolean isFiltered =
                question.constraints().stream()
                        .anyMatch(one -> one instanceof What && one.isHard());
        for (var hit : withFolded(answer)) {
            var scores =
                    wanted.get().stream()
                            .flatMap(one ->
                                    NaiveQuantities.score(one, entities(hit), naive.counting())
                                            .stream()
                                            .boxed())
                            .toList();
            var by = Optional.ofNullable(hit.by().get(Dimension.WHAT));
            if (scores.isEmpty()) {
                assertThat(by)
                        .as("%s: %s", question, hit)
                        .isEqualTo(isFiltered ? Optional.of(1.0) : Optional.empty());
            } else {
                assertThat(by)
                        .as("%s: %s", question, hit)
                        .hasValueSatisfying(
                                score -> assertThat(score).isCloseTo(product(scores), CLOSE));
            }
        }
    }

    private static double product(List<Double> scores) {
        return scores.stream().reduce(1.0, (one, other) -> one * other);
    }

    private static List<EntityId> entities(Hit hit) {
        return switch (hit.found()) {
            case Found.OfEntity(var profile) -> List.of(profile.entity());
            case Found.OfFact(var version) -> List.of(version.subject());
            case Found.OfMemory(var memory) -> memory.mentions();
        };
    }

    private static Set<String> names(Answer answer) {
        return withFolded(answer).stream()
                .map(AnswerCheck::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String name(Hit hit) {
        return switch (hit.found()) {
            case Found.OfEntity(var profile) -> "entity " + profile.entity();
            case Found.OfFact(var version) -> "fact " + version.id();
            case Found.OfMemory(var memory) -> "memory " + memory.id();
        };
    }
}
