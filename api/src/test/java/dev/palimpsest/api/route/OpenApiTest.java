package dev.palimpsest.api.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OpenApiTest {

    private static final DescribedApi API = new DescribedApi();
    private static final String META = "https://json-schema.org/draft/2020-12/schema";

    /// Keywords and meanings that JSON Schema has only since 2019-09 or 2020-12, as OpenAPI 3.1
    /// uses them.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\": [\"string\", \"null\"]}                         | null    | 5",
                "{\"const\": \"unknown\"}                                   | \"unknown\" | null",
                "{\"prefixItems\": [{\"type\": \"number\"}], \"items\": false} | [1] | [1, 2]",
                "{\"$ref\": \"#/components/schemas/Share\", \"maximum\": 0.5} | 0.4 | 0.6",
                "{\"exclusiveMinimum\": 0}                                  | 0.1 | 0",
                "{\"properties\": {\"a\": true}, \"unevaluatedProperties\": false} | {\"a\": 1} | {\"b\": 1}",
            })
    void theValidatorSpeaksTheDialectOfOpenApi31(String schema, String good, String bad) {
        assertThat(API.flaws(ApiClient.tree(schema), ApiClient.tree(good))).isEmpty();
        assertThat(API.flaws(ApiClient.tree(schema), ApiClient.tree(bad))).isNotEmpty();
    }

    @Test
    void everyServedRouteIsDescribedAndEveryDescribedRouteIsServed() {
        try (var server = new TestServer()) {
            assertThat(server.door().routes()).containsExactlyElementsOf(API.operations());
        }
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        var references = new ArrayList<String>();
        collect(API.root(), "$ref", references);
        assertThat(references)
                .isNotEmpty()
                .allSatisfy(reference ->
                        assertThat(API.root().at(reference.substring(1)).isMissingNode())
                                .describedAs(reference)
                                .isFalse());
    }

    static List<String> schemas() {
        var names = new ArrayList<String>();
        API.root().at("/components/schemas").fieldNames().forEachRemaining(names::add);
        return names;
    }

    /// A comma in a text that is not quoted makes two keys of it.
    @Test
    void everyKeyIsAWord() {
        var keys = new TreeSet<String>();
        keysOf(API.root(), keys);
        assertThat(keys).allMatch(key -> !key.contains(" "));
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void everySchemaIsOne(String name) {
        var meta =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(SchemaLocation.of(META));
        assertThat(meta.validate(API.root().at("/components/schemas/" + name))).isEmpty();
    }

    record Example(String where, JsonNode schema, JsonNode value) {
        @Override
        public String toString() {
            return where;
        }
    }

    static Stream<Example> examples() {
        var found = new ArrayList<Example>();
        examplesIn(API.root(), "", found);
        return found.stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsAsItsSchemaSays(Example example) {
        if (example.value().isTextual() && example.schema().toString().contains("/Line")) {
            example.value()
                    .asText()
                    .lines()
                    .forEach(line ->
                            assertThat(API.flaws(example.schema(), ApiClient.tree(line)))
                                    .isEmpty());
        } else {
            assertThat(API.flaws(example.schema(), example.value())).isEmpty();
        }
    }

    @Test
    void everyOperationHasASummaryAndTheProblemsThatAnyRequestCanMeet() {
        assertThat(API.operations())
                .allSatisfy(name -> {
                    var parts = name.split(" ");
                    var node = API.find(parts[0], parts[1]).orElseThrow().node();
                    assertThat(node.path("summary").asText()).isNotEmpty();
                    assertThat(node.path("responses").has("421")).isTrue();
                    assertThat(node.path("responses").has("503")).isTrue();
                });
    }

    private static void collect(JsonNode node, String field, List<String> into) {
        if (node.path(field).isTextual()) {
            into.add(node.path(field).asText());
        }
        node.forEach(child -> collect(child, field, into));
    }

    private static void keysOf(JsonNode node, Set<String> into) {
        node.fieldNames().forEachRemaining(into::add);
        node.forEach(child -> keysOf(child, into));
    }

    private static void examplesIn(JsonNode node, String where, List<Example> into) {
        if (node.has("schema")) {
            for (Map.Entry<String, JsonNode> example : node.path("examples").properties()) {
                into.add(
                        new Example(
                                where + "/" + example.getKey(),
                                node.path("schema"),
                                example.getValue().path("value")));
            }
        }
        for (Map.Entry<String, JsonNode> child : node.properties()) {
            examplesIn(child.getValue(), where + "/" + child.getKey(), into);
        }
    }
}
