package dev.palimpsest.datasets.made;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.datasets.made.MadeItems.Written;
import dev.palimpsest.datasets.made.MadeWorld.Sort;
import dev.palimpsest.question.Constraint.What;
import dev.palimpsest.question.Constraint.When;
import dev.palimpsest.question.Constraint.Where;
import dev.palimpsest.question.Constraint.Why;
import dev.palimpsest.question.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MadeWorldTest {

    private static final int DOCUMENTS = 4_000;
    private static final List<String> TEXTS =
            IntStream.range(0, 500).mapToObj(i -> "sentence number " + i + " about it").toList();

    @TempDir Path folder;
    private Cities cities;

    @BeforeEach
    void readCities() throws IOException {
        var rows = new StringBuilder("~id,~label,code:string,desc:string,lat:double,lon:double\n");
        for (int i = 0; i < 40; i++) {
            rows.append(i).append(",airport,A,\"C, D\",");
            rows.append(i * 2 - 40).append(',').append(i * 8 - 160).append('\n');
        }
        var routes = Files.createDirectories(folder.resolve("air-routes"));
        Files.writeString(routes.resolve("nodes.csv"), rows);
        Files.writeString(routes.resolve("edges.csv"), "~id,~from,~to,~label,dist:int\n");
        cities = Cities.read(folder);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theSameSeedMakesTheSameDocumentsAndNoTextTwice(long seed) {
        var items = new MadeItems(MadeWorld.make(DOCUMENTS, TEXTS.size(), cities, seed), TEXTS);
        var again = new MadeItems(MadeWorld.make(DOCUMENTS, TEXTS.size(), cities, seed), TEXTS);
        var texts = new HashSet<String>();
        for (int document = 0; document < DOCUMENTS; document++) {
            Written one = items.of(document);
            assertThat(one).isEqualTo(again.of(document));
            assertThat(texts.add(one.embedded())).as(one.embedded()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void memoriesAreFourInFiveAndEntitiesOneInTwenty(long seed) {
        var world = MadeWorld.make(DOCUMENTS, TEXTS.size(), cities, seed);
        assertThat(share(world, Sort.ENTITY)).isEqualTo(.05);
        assertThat(share(world, Sort.MEMORY)).isBetween(.77, .83);
        assertThat(share(world, Sort.CAUSAL_FACT)).isBetween(.02, .04);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void causesComeBeforeTheirEffects(long seed) {
        var world = MadeWorld.make(DOCUMENTS, TEXTS.size(), cities, seed);
        assertThat(world.causes())
                .isNotEmpty()
                .allSatisfy(link ->
                        assertThat(world.from(link[0])).isLessThanOrEqualTo(world.from(link[1])));
    }

    @ParameterizedTest
    @EnumSource(Selectivity.class)
    void questionsAskInAllDimensionsAndNeverWithTheSameText(Selectivity selectivity) {
        var world = MadeWorld.make(DOCUMENTS, TEXTS.size(), cities, 1);
        var asked = List.of("What did they say about the old bridge", "Nobody came to the harbour");
        var questions =
                new MadeQuestions(world, cities, asked, Instant.parse("2025-03-01T00:00:00Z"), 5)
                        .of(selectivity, 30);
        var texts = new HashSet<String>();
        for (Question question : questions) {
            assertThat(question.find(Where.Within.class)).isPresent();
            assertThat(
                            question.find(When.Near.class).isPresent()
                                    || question.find(When.During.class).isPresent())
                    .isTrue();
            assertThat(
                            question.find(Why.EffectsOf.class).isPresent()
                                    || question.find(Why.CausesOf.class).isPresent())
                    .isEqualTo(selectivity == Selectivity.ONE_IN_TEN_THOUSAND);
            assertThat(texts.add(question.find(What.Text.class).orElseThrow().words())).isTrue();
        }
    }

    @Test
    void quotedValuesKeepTheirCommasAndQuotes() throws IOException {
        var file = folder.resolve("quoted.csv");
        Files.writeString(file, "no,words,nothing,last\n1,\"a, \"\"b\"\"\",,c\n\n2,d,e,f\n");

        assertThat(CsvFile.rows(file))
                .containsExactly(List.of("1", "a, \"b\"", "", "c"), List.of("2", "d", "e", "f"));
    }

    private static double share(MadeWorld world, Sort sort) {
        return IntStream.range(0, DOCUMENTS).filter(i -> world.sort(i) == sort).count()
                / (double) DOCUMENTS;
    }
}
