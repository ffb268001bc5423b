package dev.palimpsest.relational.commit;

import java.util.List;
import java.util.stream.Collectors;

/// Arrays as PostgreSQL writes them in text.
final class ArrayText {

    private ArrayText() {}

    static String of(List<String> elements) {
        return elements.stream()
                .map(element -> '"' + element.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }

    static String ofNumbers(List<Long> elements) {
        return elements.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    }
}
