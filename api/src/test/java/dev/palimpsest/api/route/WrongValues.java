package dev.palimpsest.api.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/// Breaks a JSON value somewhere, as its schema suggests.
final class WrongValues {

    /// What is done to a value.
    enum Flaw {
        MISSING,
        OTHER_TYPE,
        BEYOND_A_BOUND,
        NOT_KNOWN,
        STRANGE_TEXT,
        LONG_TEXT,
        DEEP,
        MANY
    }

    static final List<String> OTHER_TYPES =
            List.of(
                    "null",
                    "true",
                    "false",
                    "0",
                    "-1",
                    "1.5",
                    "\"\"",
                    "\"x\"",
                    "[]",
                    "{}",
                    "[[]]",
                    "[null]",
                    "{\"a\": 1}",
                    "\"1\"",
                    "[1, \"x\", null]");

    private static final List<String> EXTREMES =
            List.of(
                    "-9223372036854775809",
                    "9223372036854775808",
                    "2147483648",
                    "1e400",
                    "-1e400",
                    "1e-400",
                    "1e999999999",
                    "-0.0",
                    "0.30000000000000000000000000000001",
                    "\"-9999-01-01T00:00:00Z\"",
                    "\"9999-12-31T23:59:59.999999999Z\"",
                    "\"+999999999-12-31T23:59:59Z\"",
                    "\"2020-02-30T00:00:00Z\"",
                    "\"2020-01-01T00:00:00+18:01\"",
                    "\"2016-12-31T23:59:60Z\"",
                    "\"PT2562047788015215H30M8S\"",
                    "\"P-1D\"",
                    "\"P1Y\"",
                    "\"00000000-0000-0000-0000-000000000000\"",
                    "\"ffffffff-ffff-ffff-ffff-ffffffffffff\"",
                    "\"00000000-0000-0000-0000-000000000000.0.9223372036854775807\"",
                    "\"00000000-0000-0000-0000-000000000000.1.99999999999999999999\"");

    static final List<String> STRANGE_TEXTS =
            List.of(
                    "\"\\u0000\"",
                    "\"a\\u0000b\"",
                    "\"\\ud800\"",
                    "\"\\udc00\\ud800\"",
                    "\"\\ud83d\"",
                    "\"\u202Egnp.exe\"",
                    "\"\u05D0\u05D1\u0627\u0644\u200F\u200E\"",
                    "\"\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67\u200D\uD83D\uDC66\"",
                    "\"\uFEFF\"",
                    "\"\uFFFF\\uffff\"",
                    "\"\uDBFF\uDFFF\"",
                    "\" \\t\\n\\r \"",
                    "\"\u00A0\u2003\u3000\"",
                    "\"e\u0301\u0323" + "\u0300".repeat(300) + "\"",
                    "\"\u0130\u0131\u00DF\uFB01\u1E9E\"",
                    "\"\\u001b[31m\\u0007\\u007f\"",
                    "\"'; drop table fact; --\"",
                    "\"$1 %s {0} ${x} \\\\\"",
                    "\"../../etc/passwd\"",
                    "\"text:* AND (\\\"\"");

    private static final List<Integer> DEPTHS = List.of(63, 64, 65, 200, 1_000, 20_000);
    private static final List<Integer> LENGTHS = List.of(201, 2_001, 10_001, 32_769, 200_001);
    private static final int MANY = 1_100;
    private static final String RAW = "@raw@";

    private final UnaryOperator<JsonNode> resolving;
    private final RandomGenerator random;

    /// @param resolving a schema, or what it refers to
    WrongValues(UnaryOperator<JsonNode> resolving, RandomGenerator random) {
        this.resolving = resolving;
        this.random = random;
    }

    /// A place in a value: a field of an object or an element of an array.
    private record Site(JsonNode parent, String field, int index, JsonNode schema) {

        void put(JsonNode value) {
            if (parent instanceof ObjectNode object) {
                object.set(field, value);
            } else if (parent instanceof ArrayNode array) {
                array.set(index, value);
            }
        }

        void remove() {
            if (parent instanceof ObjectNode object) {
                object.remove(field);
            } else if (parent instanceof ArrayNode array) {
                array.remove(index);
            }
        }

        JsonNode value() {
            return parent.isObject() ? parent.path(field) : parent.path(index);
        }
    }

    /// `value` with a flaw, as JSON text; `value` itself stays as it is.
    String broken(JsonNode value, JsonNode schema) {
        var copy = value.deepCopy();
        List<Site> sites = new ArrayList<>();
        collect(copy, schema, sites);
        if (sites.isEmpty() || random.nextInt(20) == 0) {
            return copy.isObject() && random.nextBoolean() ? withMore(copy) : raw(schema);
        }
        var site = sites.get(random.nextInt(sites.size()));
        var flaw = Flaw.values()[random.nextInt(Flaw.values().length)];
        switch (flaw) {
            case MISSING -> site.remove();
            case NOT_KNOWN -> {
                return withMore(copy, site);
            }
            default -> {
                var raw = raw(flaw, site);
                site.put(TextNode.valueOf(RAW));
                return copy.toString().replace('"' + RAW + '"', raw);
            }
        }
        return copy.toString();
    }

    private String withMore(JsonNode copy, Site site) {
        if (site.parent instanceof ObjectNode object) {
            var name = random.nextBoolean() ? "un" + site.field : site.field + "\u202E\u0000";
            object.set(name, TextNode.valueOf("x"));
            return copy.toString();
        }
        return withMore(copy);
    }

    /// With one more field, or, if it is none, as it is.
    private static String withMore(JsonNode copy) {
        if (copy instanceof ObjectNode object) {
            object.put("zzz", 1);
        }
        return copy.toString();
    }

    private String raw(JsonNode schema) {
        var flaw = Flaw.values()[random.nextInt(Flaw.values().length)];
        return raw(flaw, new Site(TextNode.valueOf(""), "", 0, schema));
    }

    private String raw(Flaw flaw, Site site) {
        return switch (flaw) {
            case BEYOND_A_BOUND -> beyond(resolved(site.schema), site.value());
            case STRANGE_TEXT -> any(STRANGE_TEXTS);
            case LONG_TEXT ->
                    '"'
                            + any(List.of("a", "\uD83D\uDE00", "ab ", "\\\\")).repeat(any(LENGTHS))
                            + '"';
            case DEEP -> deep(any(DEPTHS));
            case MANY -> many(site.value());
            default -> any(OTHER_TYPES);
        };
    }

    /// A value just beyond one of the bounds of `schema`, else one that is extreme for anything.
    private String beyond(JsonNode schema, JsonNode value) {
        List<String> all = new ArrayList<>();
        schema.properties()
                .forEach(bound -> {
                    var limit = bound.getValue();
                    switch (bound.getKey()) {
                        case "minimum" -> all.add(limit.decimalValue().subtract(step()).toString());
                        case "maximum" -> all.add(limit.decimalValue().add(step()).toString());
                        case "exclusiveMinimum", "exclusiveMaximum" -> all.add(limit.toString());
                        case "minLength", "pattern" -> all.add("\"\"");
                        case "maxLength" -> all.add('"' + "x".repeat(limit.intValue() + 1) + '"');
                        case "enum" -> all.add("\"ENTITY\"");
                        case "minItems" -> all.add("[]");
                        case "maxItems" -> {
                            if (value.isArray() && !value.isEmpty()) {
                                all.add(repeated(value.get(0).toString(), limit.intValue() + 1));
                            }
                        }
                        default -> {}
                    }
                });
        return all.isEmpty() || random.nextInt(4) == 0 ? any(EXTREMES) : any(all);
    }

    private BigDecimal step() {
        return new BigDecimal(any(List.of("1", "0.000000001")));
    }

    private String many(JsonNode value) {
        if (value.isArray() && !value.isEmpty()) {
            return repeated(value.get(0).toString(), MANY);
        }
        if (value.isObject()) {
            var fields = new StringBuilder("{");
            for (int i = 0; i < MANY; i++) {
                fields.append(i == 0 ? "" : ",").append("\"f").append(i).append("\":1");
            }
            return fields.append('}').toString();
        }
        return repeated(value.isMissingNode() ? "1" : value.toString(), 2);
    }

    private static String repeated(String element, int times) {
        int most = Math.min(times, 100_001);
        return '[' + (element + ',').repeat(most - 1) + element + ']';
    }

    private String deep(int depth) {
        return random.nextBoolean()
                ? "[".repeat(depth) + "]".repeat(depth)
                : "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
    }

    <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private void collect(JsonNode value, JsonNode schema, List<Site> into) {
        var of = fitting(value, resolved(schema));
        if (value.isArray()) {
            var items = of.path("items");
            for (int i = 0; i < value.size(); i++) {
                into.add(new Site(value, "", i, items));
                collect(value.get(i), items, into);
            }
        }
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            var inner = of.path("properties").path(field.getKey());
            into.add(new Site(value, field.getKey(), 0, inner));
            collect(field.getValue(), inner, into);
        }
    }

    /// The one of several schemas that has a value's fields.
    private JsonNode fitting(JsonNode value, JsonNode schema) {
        for (var choices : List.of("anyOf", "oneOf")) {
            for (var choice : schema.path(choices)) {
                var one = resolved(choice);
                boolean isLike =
                        value.isObject()
                                ? one.path("properties")
                                        .has(
                                                value.fieldNames().hasNext()
                                                        ? value.fieldNames().next()
                                                        : "")
                                : one.has("items") == value.isArray();
                if (isLike && (one.has("properties") || one.has("items"))) {
                    return one;
                }
            }
        }
        return schema;
    }

    private JsonNode resolved(JsonNode schema) {
        var one = resolving.apply(schema);
        for (var choice : one.path("anyOf")) {
            var inner = resolving.apply(choice);
            if (!one.has("properties")
                    && inner.has("type")
                    && !inner.path("type").asText().equals("null")
                    && one.path("anyOf").size() == 2) {
                return inner;
            }
        }
        return one;
    }
}
