package dev.palimpsest.api.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.api.gremlin.GremlinDoor;
import dev.palimpsest.cause.Likelihood;
import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.EntityProfile;
import dev.palimpsest.model.EntityType;
import dev.palimpsest.model.FactId;
import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.Memory;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.RowId;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.question.Answer;
import dev.palimpsest.question.Constraint;
import dev.palimpsest.question.Dimension;
import dev.palimpsest.question.Hit;
import dev.palimpsest.question.Kind;
import dev.palimpsest.question.Question;
import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.space.Region;
import dev.palimpsest.time.Allen;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Position;
import dev.palimpsest.time.Recorded;
import dev.palimpsest.time.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RetrieveTest {

    private static final SpaceId SPACE = new SpaceId("quakes");
    private static final String RETRIEVE = "/v1/spaces/quakes/retrieve";
    private static final String GREMLIN = "/v1/spaces/quakes/gremlin";
    private static final Instant NOON = Instant.parse("2018-02-06T12:00:00Z");
    private static final Recorded RECORDED = Recorded.since(new Stamp(new Position(7), NOON));
    private static final EntityId QUAKE = new EntityId("us1000chhc");

    private static TestServer server;
    private static ApiClient client;

    private static final String BETWEEN =
            """
            {"why": {"between": {"cause": "us1000chhc", "effect": "us1000cfn6"%s},
                     "hops": 2, "paths": 3}}
            """;

    @BeforeAll
    static void open() {
        server = new TestServer();
        client = server.client();
        client.put("/v1/spaces/quakes", "{}").expecting(201);
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static String example(String name) {
        return new DescribedApi()
                .root()
                .at("/paths/~1v1~1spaces~1{space}~1retrieve/post/requestBody/content")
                .at("/application~1json/examples/" + name + "/value")
                .toString();
    }

    private static Question asked(String json) {
        var asked = new AtomicReference<Question>();
        server.reader =
                question -> {
                    asked.set(question);
                    return answer(List.of());
                };
        client.post(RETRIEVE, json).expecting(200);
        return Objects.requireNonNull(asked.get());
    }

    private static Answer answer(List<Hit> hits) {
        return new Answer(
                hits,
                server.ledger().head(),
                Duration.ofNanos(1_234_567),
                Optional.of("a note"),
                false,
                List.of(
                        new Answer.Step("filter", -1, 12, 0.25),
                        new Answer.Step("text", 40, 12, 1.5)));
    }

    @Test
    void everyPartOfAQuestionReachesTheReader() {
        var question = asked(example("four"));
        var point = new GeoPoint(24.1, 121.7);
        assertThat(question.constraints())
                .containsExactlyInAnyOrder(
                        new Constraint.What.Text("strong quake near the coast"),
                        new Constraint.What.Types(Set.of(new EntityType("Earthquake"))),
                        new Constraint.Where.Within(new Region.Circle(point, 80)),
                        new Constraint.Where.Around(point, 30),
                        new Constraint.When.During(
                                Interval.between(
                                        Instant.parse("2018-02-04T00:00:00Z"),
                                        Instant.parse("2018-02-07T00:00:00Z")),
                                false),
                        new Constraint.Why.CausesOf(QUAKE, 3),
                        new Constraint.Who.Sources(Set.of(new SourceId("us"))));
        assertThat(question.knownAt()).contains(Instant.parse("2018-02-07T01:40:00Z"));
        assertThat(question.space()).isEqualTo(SPACE);
        assertThat(question.explain()).isTrue();
        assertThat(question.limit()).isEqualTo(10);
    }

    @Test
    void aBoxMayCrossTheAntimeridian() {
        assertThat(asked(example("box")).constraints())
                .containsExactlyInAnyOrder(
                        new Constraint.Where.Within(new Region.Box(-25, 175, -10, -170)),
                        new Constraint.When.At(Instant.parse("2018-02-03T00:00:00Z"), true));
    }

    @Test
    void howItStandsToAnIntervalIsOneRelationOrSeveral() {
        assertThat(asked(example("allen")).constraints())
                .containsExactlyInAnyOrder(
                        new Constraint.When.Related(
                                Set.of(Allen.OVERLAPS, Allen.MEETS),
                                Interval.between(
                                        Instant.parse("2018-02-04T00:00:00Z"),
                                        Instant.parse("2018-02-07T00:00:00Z")),
                                true));
        var open =
                asked(
                        """
                        {"when": {"allen": {"relation": "metBy", "from": "2018-02-06T12:00:00Z"}}}
                        """);
        assertThat(open.constraints())
                .containsExactly(
                        new Constraint.When.Related(
                                Set.of(Allen.MET_BY), Interval.since(NOON), false));
    }

    @Test
    void whatLiesBetweenTwoIsAskedWithHopsOfItsOwnOrThoseOfTheRest() {
        var effect = new EntityId("us1000cfn6");
        assertThat(asked(BETWEEN.formatted(", \"hops\": 5")).constraints())
                .containsExactly(new Constraint.Why.Between(QUAKE, effect, 5, 3));
        assertThat(asked(BETWEEN.formatted("")).constraints())
                .containsExactly(new Constraint.Why.Between(QUAKE, effect, 2, 3));
    }

    @Test
    void whatIsNotSaidIsUsual() {
        var bookmark = server.ledger().head();
        var question =
                asked(
                        """
                        {"where": {"hops": {"from": "us1000chhc", "hops": 2}}, "kinds": ["fact"],
                         "when": {"near": {"at": "2018-02-06T12:00:00Z", "half": "PT6H"}},
                         "why": {"effectsOf": "us1000chhc"}, "after": "%s"}
                        """
                                .formatted(bookmark));
        assertThat(question.constraints())
                .containsExactlyInAnyOrder(
                        new Constraint.Where.Hops(QUAKE, 2),
                        new Constraint.When.Near(NOON, Duration.ofHours(6)),
                        new Constraint.Why.EffectsOf(QUAKE, 3));
        assertThat(question.kinds()).containsExactly(Kind.FACT);
        assertThat(question.after()).contains(bookmark);
        assertThat(question.limit()).isEqualTo(Question.USUAL_HITS);
        assertThat(question.explain()).isFalse();
        assertThat(question.knownAt()).isEmpty();
    }

    @Test
    void anAnswerTellsOfEachHitWhatItIsWhyItFitsAndWhoSaysSo() {
        server.reader = _ -> answer(List.of(entityHit(), factHit(), memoryHit()));
        var json = client.post(RETRIEVE, example("four")).expecting(200).json();
        assertThat(json.path("hits")).hasSize(3);
        assertThat(json.at("/hits/0/entity/name").asText()).isEqualTo("Hualien");
        assertThat(json.at("/hits/0/by/why").asDouble()).isEqualTo(0.5);
        assertThat(json.at("/hits/0/path/0/cause").asText()).isEqualTo("us1000cfn6");
        assertThat(json.at("/hits/0/path/0/delay/mean").asText()).isEqualTo("PT49H54M");
        assertThat(json.at("/hits/0/path/0/evidence/0/source").asText()).isEqualTo("rule");
        assertThat(json.at("/hits/0/path/0/confidence").asDouble()).isEqualTo(0.5);
        assertThat(json.at("/hits/0/paths/1/strength").asDouble()).isEqualTo(0.4985);
        assertThat(json.at("/hits/0/paths/1/steps/0/effect").asText()).isEqualTo("us1000chhc");
        assertThat(json.at("/hits/0/probability").asDouble()).isEqualTo(0.4375);
        assertThat(json.at("/hits/0/standardError").asDouble()).isEqualTo(0.005);
        assertThat(json.path("hits").get(1).has("probability")).isFalse();
        assertThat(json.at("/hits/0/facts/0/fact/predicate").asText()).isEqualTo("magnitude");
        assertThat(json.at("/hits/0/evidence/0/quote").asText()).isEqualTo("M 6.4");
        assertThat(json.at("/hits/1/fact/valid/until").asText()).isEqualTo("unknown");
        assertThat(json.at("/hits/2/memory/metadata/channel").asText()).isEqualTo("radio");
        assertThat(json.path("tookMs").asDouble()).isEqualTo(1.235);
        assertThat(json.path("note").asText()).isEqualTo("a note");
        assertThat(json.at("/explain/0").has("estimatedRows")).isFalse();
        assertThat(json.at("/explain/1/estimatedRows").asInt()).isEqualTo(40);
    }

    @Test
    void anAnswerIsExplainedOnlyWhenThatIsAsked() {
        server.reader = _ -> answer(List.of());
        var json = client.post(RETRIEVE, "{\"what\": {\"text\": \"x\"}}").expecting(200).json();
        assertThat(json.has("explain")).isFalse();
    }

    @Test
    void whatIsNotVisibleInTimeIsAskedAgainLater() {
        server.reader =
                _ -> {
                    throw new StoreException.Unavailable("text follows, 12 positions behind");
                };
        var reply = client.post(RETRIEVE, "{\"what\": {\"text\": \"x\"}}").expecting(503);
        assertThat(reply.json().path("detail").asText()).contains("12 positions");
        assertThat(reply.headers().get("Retry-After")).isEqualTo("1");
    }

    @Test
    void aQuestionThatCannotBeAnsweredAsItStandsBreaksARule() {
        server.reader =
                _ -> {
                    throw new IllegalArgumentException("the bookmark is of another epoch");
                };
        var reply = client.post(RETRIEVE, "{\"what\": {\"text\": \"x\"}}").expecting(422);
        assertThat(reply.json().path("rule").asText()).contains("another epoch");
    }

    @Test
    void gremlinIsAnsweredWithWhatTheTraversalFound() {
        server.gremlin =
                (space, text, at, knownAt) -> {
                    assertThat(space).isEqualTo(SPACE);
                    assertThat(at).contains(NOON);
                    assertThat(knownAt).isEmpty();
                    assertThat(text).isEqualTo("g.V().count()");
                    return new GremlinDoor.Results(List.of(1707L, Map.of("id", "e")), true, null);
                };
        var question = "{\"gremlin\": \"g.V().count()\", \"at\": \"" + NOON + "\"}";
        var json = client.post(GREMLIN, question).expecting(200).json();
        assertThat(json.toString())
                .isEqualTo("{\"values\":[1707,{\"id\":\"e\"}],\"truncated\":true}");
    }

    @Test
    void gremlinThatIsNotAllowedBreaksARule() {
        server.gremlin =
                (_, _, _, _) -> {
                    throw new IllegalArgumentException("addV() writes; only reading is allowed");
                };
        var problem = client.post(GREMLIN, "{\"gremlin\": \"g.addV()\"}").expecting(422).json();
        assertThat(problem.path("field").asText()).isEqualTo("gremlin");
        assertThat(problem.path("rule").asText()).contains("addV()");
    }

    private static Hit entityHit() {
        var profile =
                new EntityProfile(
                        row(1),
                        QUAKE,
                        new EntityType("Earthquake"),
                        Optional.of("Hualien"),
                        List.of("Hualian"),
                        Optional.empty(),
                        Optional.of(new GeoPoint(24.1737, 121.653)),
                        Optional.of(Interval.at(NOON)),
                        RECORDED);
        var step =
                new Hit.CausalStep(
                        new EntityId("us1000cfn6"),
                        QUAKE,
                        new PredicateName("triggered"),
                        version(2).fact(),
                        OptionalDouble.of(0.997),
                        OptionalDouble.of(0.5),
                        Optional.of(
                                new Qualifiers.Delay(Duration.parse("PT49H54M"), Optional.empty())),
                        List.of(
                                new Hit.Citation(
                                        new SourceId("rule"),
                                        Optional.of(row(5)),
                                        Optional.empty(),
                                        Optional.empty())));
        var path = new Hit.CausalPath(0.4985, List.of(step));
        return new Hit(
                new Hit.Found.OfEntity(profile),
                0.75,
                Map.of(Dimension.WHAT, 1.0, Dimension.WHY, 0.5),
                List.of(
                        new Hit.Citation(
                                new SourceId("us"),
                                Optional.of(row(3)),
                                Optional.of(new MemoryId("m-17")),
                                Optional.of("M 6.4"))),
                List.of(path, path),
                Optional.of(new Likelihood(0.4375, OptionalDouble.of(0.005))),
                List.of(factHit()));
    }

    private static Hit factHit() {
        return new Hit(
                new Hit.Found.OfFact(version(4)),
                0.5,
                Map.of(Dimension.WHEN, 0.5),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of());
    }

    private static Hit memoryHit() {
        var memory =
                new Memory(
                        new MemoryId("m-17"),
                        "it shook",
                        Optional.of(NOON),
                        Optional.of("desk-1"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(QUAKE),
                        new SourceId("desk-1"),
                        "{\"channel\":\"radio\"}");
        return new Hit(
                new Hit.Found.OfMemory(memory),
                0.25,
                Map.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of());
    }

    private static FactVersion version(int ordinal) {
        var predicate = new PredicateName("magnitude");
        var object = Value.Numeric.of(6.4);
        var valid = new Interval(NOON, new Interval.End.Unknown(Optional.of(NOON.plusSeconds(60))));
        return new FactVersion(
                row(ordinal),
                FactId.of(SPACE, QUAKE, predicate, object),
                QUAKE,
                predicate,
                object,
                valid,
                Qualifiers.NONE,
                RECORDED);
    }

    private static RowId row(int ordinal) {
        return RowId.of(RECORDED.from(), ordinal);
    }
}
