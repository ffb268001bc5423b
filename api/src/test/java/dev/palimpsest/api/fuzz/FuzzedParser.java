package dev.palimpsest.api.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.palimpsest.api.wire.ContextQuestionBody;
import dev.palimpsest.api.wire.CountBody;
import dev.palimpsest.api.wire.QuestionBody;
import dev.palimpsest.graph.janus.GremlinTexts;
import dev.palimpsest.ingest.source.DomainShapes;
import dev.palimpsest.ingest.source.Format;
import dev.palimpsest.ingest.source.GeoJsonMapping;
import dev.palimpsest.ingest.source.Incoming;
import dev.palimpsest.ingest.source.Incoming.Description;
import dev.palimpsest.ingest.source.InvalidField;
import dev.palimpsest.ingest.source.ItemKind;
import dev.palimpsest.ingest.source.ItemParser;
import dev.palimpsest.ingest.source.RetractionParser;
import dev.palimpsest.ingest.source.Shapes;
import dev.palimpsest.ingest.source.StrictJson;
import dev.palimpsest.ingest.source.TableMapping;
import dev.palimpsest.model.FactId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.question.Constraint.Where.Within;
import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.time.Bookmark;
import dev.palimpsest.time.TimeWords;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What reads bytes that anybody may have sent. Each may refuse them in the one way it declares;
/// everything else that it throws is a flaw.
enum FuzzedParser {
    ITEM(
            List.of(
                    "{\"fact\": {\"object\": {\"number\": 1e9999999999}}}",
                    "{\"fact\": {\"subject\": \"a\", \"predicate\": \"p\", \"object\": {\"number\": 6.4}, \"valid\": {\"from\": \"2018-02-06T15:50:42.4Z\", \"until\": \"unknown\", \"atLatest\": \"2020-01-01T00:00:00Z\"}, \"source\": \"s\", \"strength\": 0.9, \"delay\": {\"mean\": \"PT49H\", \"sd\": null}, \"evidence\": {\"memory\": \"m\", \"quote\": \"q\", \"offset\": 1}}}",
                    "{\"entity\": {\"id\": \"e\", \"type\": \"T\", \"exists\": {\"from\": \"2018-02-06T15:50:42Z\"}, \"name\": \"n\", \"aliases\": [\"x\"], \"place\": {\"lat\": 24.1, \"lon\": 121}, \"source\": \"s\", \"recorded\": \"2020-01-01T00:00:00Z\"}}",
                    "{\"memory\": {\"text\": \"t\", \"occurred\": \"2018-02-06T16:02:00Z\", \"mentions\": [\"e\"], \"source\": \"s\", \"metadata\": {\"a\": [1, {}]}}}",
                    "{\"predicate\": {\"id\": \"p\", \"functional\": true, \"object\": \"geo\"}}")) {
        @Override
        void read(byte[] bytes) {
            var node = StrictJson.read(bytes);
            var _ = ITEMS.parse(node);
            for (var kind : ItemKind.values()) {
                var _ = ITEMS.parse(kind, node);
            }
        }
    },
    RETRACTION(
            List.of(
                    "{\"reason\": \"r\", \"source\": \"s\", \"portion\": {\"from\": \"2018-02-06T15:50:42Z\", \"until\": null}}",
                    "{\"reason\": \"r\", \"fact\": {\"subject\": \"a\", \"predicate\": \"p\", \"object\": {\"geo\": {\"lat\": 1, \"lon\": 2}}, \"source\": \"s\"}}")) {
        @Override
        void read(byte[] bytes) {
            var node = StrictJson.read(bytes);
            refusing(() -> RetractionParser.retraction(FACT, node));
            refusing(() -> RetractionParser.correction(FACT, node));
        }
    },
    QUESTION(
            List.of(
                    "{\"what\": {\"text\": \"strong\", \"types\": [\"T\"], \"quantities\": [{\"predicate\": \"m\", \"near\": 6, \"half\": 0.5}]}, \"where\": {\"within\": {\"lat\": 24.1, \"lon\": 121.7, \"km\": 80}, \"around\": {\"lat\": 1, \"lon\": 2, \"halfKm\": 3}, \"hops\": {\"from\": \"a\", \"hops\": 2}}, \"when\": {\"during\": {\"from\": \"2018-02-04T00:00:00Z\"}, \"near\": {\"at\": \"2018-02-04T00:00:00Z\", \"half\": \"P1D\"}, \"knownAt\": \"2018-02-07T01:40:00Z\", \"asked\": \"2020-01-01T00:00:00Z\"}, \"why\": {\"between\": {\"cause\": \"a\", \"effect\": \"b\", \"hops\": 3}, \"paths\": 3}, \"who\": {\"sources\": [\"us\"]}, \"kinds\": [\"entity\"], \"limit\": 10, \"explain\": true}",
                    "{\"when\": {\"allen\": {\"relation\": [\"before\", \"meets\"], \"from\": \"2018-02-04T00:00:00Z\"}, \"possibly\": true}}",
                    "{\"by\": \"cell\", \"precision\": 4, \"groups\": 3, \"kinds\": [\"fact\"]}",
                    "{\"what\": {\"text\": \"x\"}, \"tokens\": 100, \"facts\": true}")) {
        @Override
        void read(byte[] bytes) {
            var node = StrictJson.read(bytes);
            refusing(() -> QuestionBody.parse(SPACE, node));
            refusing(() -> CountBody.parse(SPACE, node));
            refusing(() -> ContextQuestionBody.parse(SPACE, node));
        }
    },
    REGION(
            List.of(
                    "{\"type\": \"Polygon\", \"coordinates\": [[[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]], [[2, 2], [3, 2], [3, 3], [2, 2]]]}",
                    "{\"type\": \"MultiPolygon\", \"coordinates\": [[[[170, 0], [180, 0], [180, 10], [170, 0]]], [[[-180, 0], [-170, 0], [-180, 10], [-180, 0]]]]}",
                    "{\"south\": -10, \"west\": 170, \"north\": 10, \"east\": -170}")) {
        @Override
        void read(byte[] bytes) {
            var json = "{\"where\": {\"within\": " + new String(bytes, UTF_8) + "}}";
            var question = QuestionBody.parse(SPACE, StrictJson.read(json.getBytes(UTF_8)));
            question.find(Within.class)
                    .ifPresent(within -> {
                        boolean _ = within.region().contains(new GeoPoint(1, 2));
                    });
        }
    },
    MAPPING(
            List.of(
                    "{\"id\": {\"from\": \"@id\"}, \"type\": {\"from\": \"type\", \"words\": {\"a\": \"B\"}}, \"name\": {\"text\": \"x {y}\"}, \"time\": {\"from\": \"time\", \"unit\": \"milliseconds\"}, \"source\": {\"from\": \"net\"}, \"facts\": [{\"predicate\": \"magnitude\", \"kind\": \"number\", \"functional\": true, \"from\": \"mag\"}]}",
                    "{\"entity\": {\"id\": {\"from\": \"id\"}, \"type\": {\"text\": \"Person\"}, \"place\": {\"lat\": {\"from\": \"a\"}, \"lon\": {\"from\": \"b\"}}, \"source\": {\"text\": \"hr\"}}}",
                    "{\"memory\": {\"text\": {\"from\": \"a\"}, \"mentions\": [{\"from\": \"b\"}], \"source\": {\"text\": \"s\"}, \"metadata\": {\"m\": {\"from\": \"c\"}}}}",
                    "{\"fact\": {\"subject\": {\"from\": \"a\"}, \"predicate\": {\"text\": \"p\"}, \"object\": {\"kind\": \"entity\", \"from\": \"b\"}, \"source\": {\"text\": \"s\"}}}")) {
        @Override
        void read(byte[] bytes) {
            refusing(() -> GeoJsonMapping.parse(bytes));
            refusing(() -> TableMapping.parse(bytes));
        }
    },
    NDJSON(
            List.of(
                    "{\"entity\": {\"id\": \"e\", \"source\": \"s\"}}\nnone\n{\"memory\": {\"text\": \"t\", \"source\": \"s\"}}\n")) {
        @Override
        void read(byte[] bytes) throws IOException {
            pieces(bytes, Format.NDJSON, "");
        }
    },
    GEOJSON(
            List.of(
                    "{\"type\": \"FeatureCollection\", \"features\": [{\"id\": -1e-9999999993}]}",
                    "{\"type\": \"FeatureCollection\", \"features\": [{\"type\": \"Feature\", \"id\": \"a\", \"geometry\": {\"type\": \"Point\", \"coordinates\": [1, 2, 3]}, \"properties\": {\"type\": \"a\", \"time\": 1517932242400, \"mag\": 6.4, \"net\": \"us\"}}]}",
                    "{\"type\": \"Feature\", \"id\": 1, \"geometry\": null, \"properties\": null}")) {
        @Override
        void read(byte[] bytes) throws IOException {
            pieces(bytes, Format.GEOJSON, MAPPING.seeds.getFirst());
        }
    },
    TABLE(List.of("id,a,b\nx,1,2\n\"y,\"\"z\",3,4\n", "id\ta\nx\t1\n", "\uFEFFid;b\r\n1;2\r\n")) {
        @Override
        void read(byte[] bytes) throws IOException {
            for (var mapping : MAPPING.seeds.subList(1, MAPPING.seeds.size())) {
                pieces(bytes, Format.CSV, mapping);
                pieces(bytes, Format.TSV, mapping);
            }
        }
    },
    GRAPHML(
            List.of(
                    "<!DOCTYPE x [<!ENTITY a \"b\u0001",
                    "<?xml version=\"1.0\"?><graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\"><key id=\"k\" for=\"node\" attr.name=\"n\" attr.type=\"int\"><default>1</default></key><key id=\"w\" for=\"edge\" attr.name=\"w\" attr.type=\"double\"/><graph edgedefault=\"directed\"><node id=\"a\"><data key=\"k\">7</data></node><node id=\"b\"/><edge id=\"e\" source=\"a\" target=\"b\" label=\"x\"><data key=\"w\">.5</data></edge></graph></graphml>",
                    "<!DOCTYPE x [<!ENTITY a \"b\">]><graphml><graph><node id=\"&a;\"/></graph></graphml>")) {
        @Override
        void read(byte[] bytes) throws IOException {
            pieces(bytes, Format.GRAPHML, "");
        }
    },
    CHAT(
            List.of(
                    "[{\"role\": \"user\", \"timestamp\": 1e99999999999}]",
                    "[2026-02-03 09:00] Ann: hello\nBo: yes\n  more\n",
                    "[{\"role\": \"user\", \"content\": \"hi\", \"timestamp\": \"2026-02-03T09:00:00Z\"}, {\"speaker\": \"b\", \"text\": \"x\", \"timestamp\": 1700000000}]",
                    "{\"messages\": [{\"role\": \"user\", \"content\": [{\"type\": \"text\", \"text\": \"a\"}]}]}")) {
        @Override
        void read(byte[] bytes) throws IOException {
            pieces(bytes, Format.CHAT, "");
        }
    },
    MARKDOWN(
            List.of(
                    "# Head\n\ntext *one*\n\n```\ncode\n```\n\n## Two\n- a\n- b\n\n| a | b |\n|---|---|\n",
                    "Title\n=====\n\n> quote\n---\n<b>x</b>")) {
        @Override
        void read(byte[] bytes) throws IOException {
            pieces(bytes, Format.MARKDOWN, "");
            pieces(bytes, Format.TEXT, "");
        }
    },
    MEMORY_SERVER(
            List.of(
                    "{\"type\": \"entity\", \"name\": \"Ann\", \"entityType\": \"person\", \"observations\": [\"tall\"]}\n{\"type\": \"relation\", \"from\": \"Ann\", \"to\": \"Bo\", \"relationType\": \"knows\"}\n")) {
        @Override
        void read(byte[] bytes) throws IOException {
            pieces(bytes, Format.MEMORY_SERVER, "");
        }
    },
    /// Of whatever format it turns out to be, packed or not.
    ANY_FILE(List.of("{\"entity\": {}}", "a,b\n1,2\n", "<graphml/>", "Ann: hello\nBo: yes\n")) {
        @Override
        void read(byte[] bytes) throws IOException {
            pieces(
                    bytes,
                    new Description(
                            Optional.empty(), "x", Optional.empty(), Optional.empty(), true));
        }
    },
    GREMLIN(
            List.of(
                    "g.V().has('name', 'x').out('y').limit(10)",
                    "g.V('a').repeat(both()).times(3).path().by('name')",
                    "g.V().where(__.out().count().is(gt(2))).values('age').math('_ * 2')",
                    "g.inject(1, 2.5, 'a', true, null, [1, 2], [a: 1], datetime('2020-01-01T00:00:00Z'))")) {
        @Override
        void read(byte[] bytes) {
            try {
                GremlinTexts.check(new String(bytes, UTF_8));
            } catch (InvalidField e) {
                throw e;
            } catch (IllegalArgumentException e) {
                throw new InvalidField("gremlin", String.valueOf(e.getMessage()));
            }
        }
    },
    TIME_WORDS(
            List.of(
                    "in May 2023",
                    "two weeks ago",
                    "last spring",
                    "on the 3rd of February 2024 at noon",
                    "between 2019 and 2021",
                    "yesterday evening",
                    "Christmas 1999",
                    "three days before Friday")) {
        @Override
        void read(byte[] bytes) {
            var text = new String(bytes, UTF_8);
            for (var now : NOWS) {
                var _ = TimeWords.in(text, now);
            }
        }
    },
    PLAIN_VALUE(
            List.of(
                    "{\"moment\": \"2018-02-06T15:50:42.4Z\", \"duration\": \"PT49H54M\", \"interval\": {\"from\": \"2018-02-06T15:50:42Z\", \"until\": \"2019-02-06T15:50:42Z\"}, \"value\": {\"json\": {\"a\": 1.50}}, \"number\": 1e308, \"delay\": {\"mean\": \"P1D\", \"sd\": \"PT1S\"}, \"bookmark\": \"0b7f3a52-6d0e-4c39-9d52-0c6a1f7f5f11.0.42\", \"fact\": \"0b7f3a52-6d0e-4c39-9d52-0c6a1f7f5f11\", \"word\": \"p\", \"space\": \"main\"}")) {
        @Override
        void read(byte[] bytes) {
            var node = StrictJson.read(bytes);
            for (var field : node) {
                refusing(() -> Shapes.MOMENT.read(field, "f"));
                refusing(() -> Shapes.DURATION.read(field, "f"));
                refusing(() -> Shapes.SHARE.read(field, "f"));
                refusing(() -> Shapes.COUNT.read(field, "f"));
                refusing(() -> DomainShapes.INTERVAL.read(field, "f"));
                refusing(() -> DomainShapes.VALUE.read(field, "f"));
                refusing(() -> DomainShapes.DELAY.read(field, "f"));
                refusing(() -> DomainShapes.EVIDENCE.read(field, "f"));
                refusing(() -> Shapes.TEXT.as(Bookmark::parse).read(field, "f"));
                refusing(() -> Shapes.TEXT.as(FactId::parse).read(field, "f"));
                refusing(() -> Shapes.TEXT.as(SpaceId::new).read(field, "f"));
                refusing(() -> DomainShapes.PREDICATE.read(field, "f"));
            }
        }
    };

    private static final ItemParser ITEMS = ItemParser.forImports(() -> "made");
    private static final SpaceId SPACE = new SpaceId("main");
    private static final FactId FACT = FactId.parse(new UUID(0, 0).toString());
    private static final int MOST_PIECES = 100_000;
    private static final List<Instant> NOWS =
            List.of(
                    Instant.parse("2026-03-31T23:59:59.999999Z"),
                    Instant.parse("-9999-01-01T00:00:00Z"),
                    Instant.parse("9999-12-31T23:59:59.999999Z"));

    @SuppressWarnings("ImmutableEnumChecker") // a copy
    final List<String> seeds;

    FuzzedParser(List<String> seeds) {
        this.seeds = List.copyOf(seeds);
    }

    /// @throws InvalidField if it is refused
    /// @throws IOException if it can be no such file
    abstract void read(byte[] bytes) throws IOException;

    /// Reads, and passes over what is refused as declared.
    final void tryToRead(byte[] bytes) {
        try {
            read(bytes);
        } catch (InvalidField | IOException _) {
            // that is how it refuses
        }
    }

    private static void refusing(Runnable reading) {
        try {
            reading.run();
        } catch (InvalidField _) {
            // that is how it refuses
        }
    }

    private static void pieces(byte[] bytes, Format format, String mapping) throws IOException {
        pieces(
                bytes,
                new Description(
                        Optional.of(format),
                        "name",
                        Optional.of("s"),
                        mapping.isEmpty() ? Optional.empty() : Optional.of(mapping),
                        true));
    }

    private static void pieces(byte[] bytes, Description told) throws IOException {
        try (var incoming = Incoming.open(new ByteArrayInputStream(bytes), told)) {
            int count = 0;
            while (incoming.reader().next().isPresent()) {
                count++;
                if (count > MOST_PIECES) {
                    throw new IllegalStateException("it never ends");
                }
            }
        }
    }
}
