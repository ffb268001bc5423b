package dev.palimpsest.api.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.api.Failure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads quantities as people type them: `magnitude=6`, and `magnitude=6/0.5` where the second
/// number says at what distance something is half as good.
final class FlagQuantity {

    private final Map<String, ObjectNode> byPredicate = new LinkedHashMap<>();

    /// Adds what a flag says; what several say of one predicate is one quantity.
    void add(String flag, List<String> texts, String... fields) {
        for (var text : texts) {
            int sign = text.indexOf('=');
            var numbers = text.substring(sign + 1).split("/", -1);
            if (sign < 1 || numbers.length != fields.length) {
                throw Failure.usage(flag + " must be " + form(fields) + ": " + text);
            }
            var quantity =
                    byPredicate.computeIfAbsent(
                            text.substring(0, sign).strip(), FlagQuantity::named);
            for (int i = 0; i < fields.length; i++) {
                if (quantity.has(fields[i])) {
                    throw Failure.usage(flag + " says two things of one predicate: " + text);
                }
                quantity.put(fields[i], number(flag, numbers[i].strip()));
            }
        }
    }

    private static String form(String... fields) {
        return fields.length == 1 ? "PREDICATE=NUMBER" : "PREDICATE=NUMBER/HALF";
    }

    /// All of them.
    ArrayNode json() {
        var array = JsonNodeFactory.instance.arrayNode();
        byPredicate.values().forEach(array::add);
        return array;
    }

    private static ObjectNode named(String predicate) {
        return JsonNodeFactory.instance.objectNode().put("predicate", predicate);
    }

    private static double number(String flag, String text) {
        try {
            double number = Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return number;
            }
            throw Failure.usage(flag + " must be a number: " + text);
        } catch (NumberFormatException e) {
            throw Failure.usage(flag + " must be a number: " + text, e);
        }
    }
}
