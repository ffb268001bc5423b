package dev.palimpsest.datasets.bench.fourd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.datasets.earthquakes.EarthquakeCatalogue;
import dev.palimpsest.datasets.earthquakes.SeismicEvent;
import dev.palimpsest.question.Dimension;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoleAnswersTest {

    private static final List<SeismicEvent> EVENTS = EarthquakeCatalogue.events();
    private static final Map<Long, List<SoleAnswer>> MADE = new HashMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void thereAreAtLeastTwoHundredEachOfAnotherEvent(long seed) {
        var made = made(seed);

        assertThat(made).hasSizeBetween(200, 300);
        assertThat(made).extracting(SoleAnswer::event).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void fourCluesFitOneEventAloneAndFewerFitMoreWhereItSaysSo(long seed) {
        for (var question : made(seed)) {
            assertThat(fitting(question, EnumSet.copyOf(SoleAnswers.DIMENSIONS)))
                    .containsExactly(question.event());
            for (var dimension : SoleAnswers.DIMENSIONS) {
                var others = EnumSet.copyOf(SoleAnswers.DIMENSIONS);
                others.remove(dimension);
                assertThat(fitting(question, others).size() > 1)
                        .isEqualTo(question.needed().contains(dimension));
            }
            assertThat(question.needed()).hasSizeGreaterThanOrEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void noWordOfAQuestionIsInTheNameOrPlaceOfItsAnswer(long seed) {
        for (var question : made(seed)) {
            var event =
                    EVENTS.stream()
                            .filter(one -> one.id().equals(question.event()))
                            .findFirst()
                            .orElseThrow();
            var own = words("M " + event.magnitude() + " - " + event.region());
            own.removeAll(Set.of("of", "the"));

            assertThat(words(text(question))).doesNotContainAnyElementsOf(own);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void theSameSeedMakesTheSameQuestions(long seed) {
        assertThat(SoleAnswers.ofTheWeek(300, seed)).isEqualTo(made(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void aDimensionLeftOutIsNotAsked(long seed) {
        var question = made(seed).getFirst();

        assertThat(question.json(Set.of(Dimension.WHERE, Dimension.WHY)))
                .contains("\"where\"", "\"why\"")
                .doesNotContain("\"what\"", "\"when\"");
    }

    private static List<SoleAnswer> made(long seed) {
        return MADE.computeIfAbsent(seed, one -> SoleAnswers.ofTheWeek(300, one));
    }

    private static List<String> fitting(SoleAnswer question, Set<Dimension> dimensions) {
        return EVENTS.stream()
                .filter(event ->
                        question.clues().stream()
                                .filter(clue -> dimensions.contains(clue.dimension()))
                                .allMatch(clue -> clue.fits(event)))
                .map(SeismicEvent::id)
                .toList();
    }

    private static String text(SoleAnswer question) {
        return question.clues().stream()
                .filter(Clue.Kind.class::isInstance)
                .map(Clue.Kind.class::cast)
                .map(Clue.Kind::text)
                .collect(Collectors.joining());
    }

    private static Set<String> words(String text) {
        return new HashSet<>(Arrays.asList(text.toLowerCase(Locale.ROOT).split("[^a-z0-9]+")));
    }
}
