package dev.palimpsest.api.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.palimpsest.api.Failure;
import dev.palimpsest.api.wire.QuestionBody;
import dev.palimpsest.model.SpaceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class QuestionFlagsTest {

    @Test
    void aPolygonIsGivenAsTextOrAsAFile(@TempDir Path folder) throws IOException {
        var polygon = "{\"type\":\"Polygon\",\"coordinates\":[[[1,2],[3,2],[3,4],[1,2]]]}";
        var feature = "{\"type\":\"Feature\",\"properties\":{},\"geometry\":" + polygon + "}";
        var file = folder.resolve("island.geojson");
        for (var content :
                List.of(
                        polygon,
                        feature,
                        "{\"type\":\"FeatureCollection\",\"features\":[" + feature + "]}")) {
            Files.writeString(file, content);
            assertThat(flags("--within=" + file).toJson().at("/where/within").toString())
                    .isEqualTo(polygon);
            assertThat(flags("--within=" + content).toJson().at("/where/within").toString())
                    .isEqualTo(polygon);
        }
        Files.writeString(file, "{\"type\":");
        assertThatThrownBy(() -> flags("--within=" + file).toJson())
                .hasMessageContaining("island.geojson is not JSON");
        assertThatThrownBy(() -> flags("--within=no.geojson").toJson())
                .hasMessageContaining("cannot read no.geojson");
    }

    @Test
    void writesEveryDimensionAsTheHttpDoorReadsIt() throws Exception {
        var json =
                """
                {"what": {"text": "strong quake", "types": ["Earthquake", "Explosion"],
                          "quantities": [{"predicate": "magnitude", "near": 6.0, "half": 0.5, "atMost": 7.0},
                                         {"predicate": "depth", "atLeast": -1.5, "atMost": 70.0}]},
                 "where": {"within": {"lat": 24.1, "lon": 121.7, "km": 80.0},
                           "around": {"lat": 24.1, "lon": 121.7, "halfKm": 30.0}},
                 "when": {"during": {"from": "2018-02-04T00:00:00Z", "until": "2018-02-07T00:00:00Z"},
                          "allen": {"relation": ["overlaps", "meets"],
                                    "from": "2018-02-04T10:30:00Z", "until": "2018-02-05T00:00:00Z"},
                          "near": {"at": "2018-02-06T00:00:00Z", "half": "PT6H"},
                          "asked": "2018-02-08T00:00:00Z",
                          "knownAt": "2018-02-07T01:40:00Z"},
                 "why": {"causesOf": "us1000chhc", "hops": 3},
                 "who": {"sources": ["us"]},
                 "kinds": ["entity"], "limit": 5}
                """;
        assertThat(
                        flags(
                                        "strong quake",
                                        "--types=Earthquake,Explosion",
                                        "--about=magnitude=6/0.5",
                                        "--at-least=depth=-1.5",
                                        "--at-most=magnitude=7",
                                        "--at-most=depth=70",
                                        "--within=24.1,121.7,80km",
                                        "--around=24.1,121.7,30",
                                        "--during=2018-02-04/2018-02-07",
                                        "--allen=overlaps,meets:2018-02-04T10:30Z/2018-02-05",
                                        "--near=2018-02-06/6h",
                                        "--asked=2018-02-08",
                                        "--known-at=2018-02-07T01:40Z",
                                        "--causes-of=us1000chhc",
                                        "--hops=3",
                                        "--sources=us",
                                        "--kinds=entity",
                                        "--limit=5")
                                .toJson())
                .isEqualTo(JsonMapper.builder().build().readTree(json));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void whateverIsAskedTheHttpDoorUnderstands(long seed) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 200; i++) {
            var flags =
                    List.of(
                                    "--types=Earthquake",
                                    "--within=" + random.nextInt(-90, 91) + ",0,10 km",
                                    "--around=0," + random.nextInt(-180, 181) + ",5",
                                    "--at=2018-02-06",
                                    "--known-at=2018-02-06T10:00",
                                    "--during=2018-02-06/..",
                                    "--allen=overlaps,metBy:2018-02-06T01:00/..",
                                    "--near=2018-02-06",
                                    "--from=a",
                                    "--effects-of=b",
                                    "--sources=us,uw",
                                    "--kinds=fact,memory")
                            .stream()
                            .filter(_ -> random.nextBoolean())
                            .toArray(String[]::new);
            var words = new String[flags.length + 1];
            words[0] = "quake";
            System.arraycopy(flags, 0, words, 1, flags.length);
            var question = QuestionBody.parse(new SpaceId("s"), flags(words).toJson());
            long outside =
                    List.of(flags).stream().filter(QuestionFlagsTest::isNoConstraint).count();
            assertThat(question.constraints()).hasSize(1 + flags.length - (int) outside);
        }
    }

    private static boolean isNoConstraint(String flag) {
        return flag.startsWith("--known-at") || flag.startsWith("--kinds");
    }

    @Test
    void writesWhatLiesBetweenTwo() throws Exception {
        var json =
                "{\"why\": {\"between\": {\"cause\": \"a\", \"effect\": \"b\"},"
                        + " \"paths\": 3, \"hops\": 4}}";
        assertThat(flags("--between=a,b", "--paths=3", "--hops=4").toJson())
                .isEqualTo(JsonMapper.builder().build().readTree(json));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--within=24.1,121.7 | --within must be lat,lon,km: 24.1,121.7",
                "--within=a,121.7,80 | --within: lat must be a number: a",
                "--during=2018-02-04 | --during must be FROM/UNTIL: 2018-02-04",
                "--hops=3 | --hops goes with --causes-of, --effects-of, --between or --from",
                "--paths=3 | --paths goes with --causes-of, --effects-of or --between",
                "--between=a | --between must be CAUSE,EFFECT: a",
                "--allen=during | --allen must be RELATION:FROM/UNTIL: during",
                "--allen=during:2018 | --allen must be FROM/UNTIL: 2018",
                "--near=2018-02-04/soon | --near must be a duration such as 6h, 2d or PT6H: soon"
            })
    void refusesWhatCannotBeWrittenAsJson(String flag, String line) {
        assertThatThrownBy(() -> flags(flag).toJson())
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(2))
                .hasMessage(line);
    }

    @Test
    void writesNumbersWithAPointInEveryCountry() {
        var before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(flags("--within=24.1,121.7,80").toJson().toString()).contains("24.1");
        } finally {
            Locale.setDefault(before);
        }
    }

    private static QuestionFlags flags(String... arguments) {
        var flags = new QuestionFlags();
        new CommandLine(flags).parseArgs(arguments);
        return flags;
    }
}
