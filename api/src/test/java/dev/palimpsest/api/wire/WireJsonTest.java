package dev.palimpsest.api.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.palimpsest.api.wire.AnswerBody.StepBody;
import dev.palimpsest.api.wire.AuditBody.VerifiedBody;
import dev.palimpsest.api.wire.CountedBody.GroupBody;
import dev.palimpsest.api.wire.HitBody.CausalPathBody;
import dev.palimpsest.api.wire.HitBody.CausalStepBody;
import dev.palimpsest.api.wire.QualifiersBody.DelayBody;
import dev.palimpsest.api.wire.ReadinessBody.PartBody;
import dev.palimpsest.api.wire.ReceiptBody.ResultBody;
import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.Value;
import dev.palimpsest.space.GeoPoint;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WireJsonTest {

    private static final String MOMENT = "2018-02-06T15:50:42.400Z";
    private static final IntervalBody OPEN = new IntervalBody(MOMENT, null, null);
    private static final PointBody POINT = new PointBody(24.1737, 121.653);
    private static final RecordedBody RECORDED = new RecordedBody(MOMENT, null, 17, null);
    private static final RecordedBody RETIRED = new RecordedBody(MOMENT, MOMENT, 17, 18L);
    private static final DelayBody DELAY = new DelayBody("PT49H54M", "PT1H");
    private static final QualifiersBody NOTHING_MORE = new QualifiersBody(null, null, null, null);
    private static final QualifiersBody QUALIFIERS =
            new QualifiersBody(0.5, 0.997, DELAY, "a led to b");
    private static final ProblemBody PROBLEM =
            ProblemBody.of(ProblemKind.INVALID, "fact.valid", "must end after it starts").atLine(3);
    private static final EntityBody ENTITY =
            new EntityBody("e", "Town", "E", List.of("Ee"), "a town", POINT, OPEN, RECORDED);
    private static final MemoryBody MEMORY =
            new MemoryBody(
                    "m",
                    "text",
                    MOMENT,
                    "agent",
                    "s",
                    "Ann",
                    POINT,
                    List.of("e"),
                    "us",
                    new RawValue("{\"b\":1.50,\"a\":[true,null,\"ü\"]}"),
                    RECORDED);

    private static FactBody fact(Value value, QualifiersBody qualifiers, RecordedBody recorded) {
        return new FactBody(
                "f", "v", "e", "p", ValueBody.of(value), OPEN, qualifiers, recorded, null);
    }

    /// An object of each kind.
    private static List<Value> values() {
        return List.of(
                new Value.Entity(new EntityId("b")),
                new Value.Text("{\"no\": \"json\"}"),
                new Value.Numeric(new BigDecimal("6.40")),
                new Value.Numeric(new BigDecimal("1E+30")),
                new Value.Numeric(new BigDecimal("12345678901234567890")),
                new Value.Flag(true),
                new Value.Moment(Instant.parse(MOMENT)),
                new Value.Geo(new GeoPoint(-1.5, 2)),
                new Value.Json("{\"a\":1.10,\"b\":[1e400,\"x\"]}"),
                new Value.Json("null"));
    }

    private static HitBody hit(
            @Nullable EntityBody entity, @Nullable FactBody fact, @Nullable MemoryBody memory) {
        var by = new LinkedHashMap<String, Double>();
        by.put("what", 0.25);
        by.put("where", 1.0);
        by.put("when", 0.125);
        by.put("why", 0.997);
        var evidence = List.of(new HitBody.EvidenceBody("us", "a", "m", "quote"));
        var step = new CausalStepBody("a", "led", "b", "f", 0.9, null, DELAY, evidence);
        var folded =
                new HitBody(
                        "fact",
                        "f",
                        null,
                        fact(values().getFirst(), QUALIFIERS, RECORDED),
                        null,
                        0.1,
                        Map.of(),
                        List.of(),
                        null,
                        null,
                        null,
                        null,
                        null);
        return new HitBody(
                "entity",
                "e",
                entity,
                fact,
                memory,
                0.5,
                by,
                evidence,
                List.of(step),
                List.of(new CausalPathBody(0.9, List.of(step, step))),
                0.4375,
                0.005,
                List.of(folded));
    }

    static Stream<Object> bodies() {
        var facts =
                values().stream()
                        .map(value ->
                                new FactBody(
                                        "f",
                                        "v",
                                        "e",
                                        "p",
                                        ValueBody.of(value),
                                        OPEN,
                                        QUALIFIERS,
                                        RETIRED,
                                        List.of("us", "web")));
        var bare = fact(new Value.Flag(false), NOTHING_MORE, RECORDED);
        var assertion =
                new AssertionBody(
                        "a",
                        "us",
                        OPEN,
                        QUALIFIERS,
                        new AssertionBody.EvidenceBody("m", "quote", 3),
                        17,
                        RECORDED);
        var steps = List.of(new StepBody("range", 12L, 7, 0.125), new StepBody("x", null, 7, 1));
        var hits = List.of(hit(ENTITY, null, null), hit(null, bare, null), hit(null, null, MEMORY));
        var touched = Map.of("facts", 3L);
        return Stream.concat(
                facts,
                Stream.of(
                        bare,
                        ENTITY,
                        MEMORY,
                        assertion,
                        new IntervalBody(MOMENT, IntervalBody.UNKNOWN, MOMENT),
                        POINT,
                        RECORDED,
                        QUALIFIERS,
                        ValueBody.of(new Value.Flag(true)),
                        PROBLEM,
                        hits.getFirst(),
                        new FactDetailBody(
                                "f",
                                "e",
                                "p",
                                bare.object(),
                                List.of(bare),
                                List.of(assertion),
                                "1-1-7"),
                        new NeighbourBody("e", "out", bare),
                        new PredicateBody("p", true, false, true, "q", "number"),
                        new SourceBody("us", "sensor", "a seismometer"),
                        new SpaceBody("s", true),
                        new NewSpaceBody(false),
                        new RootBody("Palimpsest", "1", Map.of("b", "/b", "a", "/a", "c", "/c")),
                        new AnswerBody(hits, "1-1-7", 1.25, "a note", true, steps),
                        new ContextBody(
                                "text",
                                4,
                                hits,
                                List.of(
                                        new ContextBody.ItemBody(
                                                "m", "q", 0, true, MOMENT, "s", "Ann", 0.5)),
                                2,
                                "1-1-7",
                                1.25,
                                null,
                                null),
                        new CountedBody(
                                List.of(new GroupBody("2018-02-06", 3)),
                                3,
                                0,
                                "1-1-7",
                                0.5,
                                null,
                                false),
                        new ImportBody(
                                "i", "s", "running", "csv", "a.csv", "us", "row", 10, 5, 3, 2, 1, 1,
                                1, 0.5, MOMENT, null, MOMENT, "no room", null),
                        new RejectedBody(3, "fact.valid", "is required", "{}"),
                        new ReceiptBody(
                                List.of(
                                        new ResultBody(1, "written", "f", MOMENT, null),
                                        ResultBody.refused(2, PROBLEM)),
                                "1-1-7",
                                true,
                                false),
                        new KeyBody(
                                "abcdefgh",
                                "ops",
                                List.of("read"),
                                List.of("*"),
                                MOMENT,
                                MOMENT,
                                null,
                                60,
                                "pal_"),
                        new NewKeyBody("ops", List.of("read"), List.of("*"), null, 60),
                        new AuditBody(
                                1,
                                MOMENT,
                                "local",
                                "local",
                                "POST",
                                "/v1/keys",
                                null,
                                201,
                                0,
                                "00",
                                "11"),
                        new VerifiedBody(7, "11", "row 8 is gone"),
                        ForgetBody.entity("ann", "she asked").asDryRun(),
                        ForgetBody.everything("over"),
                        new ForgetReportBody(true, touched, List.of("backups"), "1-1-7", true),
                        new ForgottenBody(
                                "entity", "00", "she asked", MOMENT, 7, touched, true, null),
                        new TakenInBody("s", 3, 2, "00", MOMENT, "1-1-7"),
                        new GremlinQuestionBody("g.V()", null, MOMENT),
                        new GremlinBody(
                                Arrays.asList("x", 1707, 6.5, true, null, List.of(Map.of("a", 1))),
                                false,
                                "a note"),
                        new ProjectionsBody(List.of(new ProjectionBody("graph", true, 0))),
                        new ProjectionBody("text", false, 3),
                        new FindingBody("graph", 10, 1, List.of("v: ledger has it")),
                        new ReadinessBody(
                                true, List.of(new PartBody("ledger", true, "at position 7")))));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void whatIsReadIsWrittenAsItWas(Object body) throws IOException {
        var json = WireJson.text(body);
        var read = WireJson.read(json.getBytes(UTF_8), body.getClass());
        assertThat(read).isEqualTo(body);
        assertThat(WireJson.text(read)).isEqualTo(json);
    }

    @Test
    void aPageIsReadWithItsElements() throws IOException {
        var page = new PageBody<>(List.of(ENTITY), "cursor", "1-1-7");
        assertThat(WireJson.readPage(WireJson.write(page), EntityBody.class)).isEqualTo(page);
    }

    @Test
    void fieldsThatAreNotKnownYetAreNotLookedAt() throws IOException {
        var newer =
                """
                {"id": "f", "version": "v", "mood": {"a": [1]}, "subject": "e", "predicate": "p",
                 "object": {"number": 6.40, "unit": {"of": "Richter"}}, "confidence": 0.5, "trust": 1,
                 "valid": {"from": "2018-02-06T15:50:42Z", "until": null, "fuzzy": true},
                 "recorded": {"from": "2018-02-06T15:50:42Z", "until": null, "fromPosition": 1, "untilPosition": null}}
                """;
        var fact = WireJson.read(newer.getBytes(UTF_8), FactBody.class);
        assertThat(fact.object().value()).isEqualTo(new BigDecimal("6.40"));
        assertThat(fact.qualifiers()).isEqualTo(new QualifiersBody(0.5, null, null, null));
        assertThat(fact.valid().from()).isEqualTo("2018-02-06T15:50:42Z");
    }

    @Test
    void aValueOfAKindThatIsNotKnownYetIsItsJson() throws IOException {
        var newer = "{\"colour\":{\"red\":1.50}}";
        var value = WireJson.read(newer.getBytes(UTF_8), ValueBody.class);
        assertThat(value.kind()).isEqualTo("colour");
        assertThat(WireJson.text(value)).isEqualTo(newer);
    }

    /// Pages are read of what their elements are, and so in a test of their own.
    @Test
    void everyRecordOfTheWireIsTried() throws Exception {
        var tried =
                bodies().map(body -> body.getClass().getSimpleName())
                        .collect(Collectors.toCollection(TreeSet::new));
        tried.add("PageBody");
        assertThat(tried).containsAll(records());
    }

    private static List<String> records() throws Exception {
        URI classes = requireNonNull(WireJson.class.getResource("WireJson.class")).toURI();
        try (var files = Files.list(Path.of(classes).getParent())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Body.class") && !name.contains("$"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .filter(WireJsonTest::isRecord)
                    .toList();
        }
    }

    private static boolean isRecord(String name) {
        try {
            return Class.forName(WireJson.class.getPackageName() + "." + name).isRecord();
        } catch (ClassNotFoundException e) {
            throw new AssertionError(name, e);
        }
    }
}
