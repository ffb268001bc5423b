package dev.palimpsest.ingest.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where in a GeoJSON feature a value is found.
public sealed interface Pick {

    /// The value in `feature`; empty if the feature has none.
    ///
    /// @throws InvalidField if it has one that the mapping does not know
    Optional<JsonNode> from(JsonNode feature);

    /// The one property it is found in; empty if it is put together, or no property.
    Optional<String> property();

    /// The place in the feature that the value comes from, for naming it.
    String path();

    /// A property as it stands, or `@id`, the feature's id, or `@z`, the third coordinate of its
    /// point.
    ///
    /// @param words what to say for each word that may stand there; empty: what stands there
    record Property(String name, Map<String, String> words) implements Pick {

        public Property {
            words = Map.copyOf(words);
        }

        @Override
        public Optional<String> property() {
            return Optional.of(name).filter(known -> !known.startsWith("@"));
        }

        @Override
        public String path() {
            return switch (name) {
                case "@id" -> "id";
                case "@z" -> "geometry.coordinates[2]";
                default -> "properties." + name;
            };
        }

        @Override
        public Optional<JsonNode> from(JsonNode feature) {
            var found =
                    switch (name) {
                        case "@id" -> feature.path("id");
                        case "@z" -> feature.path("geometry").path("coordinates").path(2);
                        default -> feature.path("properties").path(name);
                    };
            return found.isMissingNode() || found.isNull()
                    ? Optional.empty()
                    : Optional.of(translated(found));
        }

        private JsonNode translated(JsonNode found) {
            if (words.isEmpty()) {
                return found;
            }
            var word = words.get(found.asText());
            if (word == null) {
                throw new InvalidField(
                        path(), "must be one of the words of the mapping, but is " + found);
            }
            return TextNode.valueOf(word);
        }
    }

    /// Sentences with properties in them, such as `Magnitude {mag}.`; one that names a property the
    /// feature has not is left out.
    record Text(List<String> sentences) implements Pick {

        private static final Pattern HOLE = Pattern.compile("\\{([^{}]+)}");

        public Text {
            sentences = List.copyOf(sentences);
        }

        @Override
        public Optional<String> property() {
            return Optional.empty();
        }

        @Override
        public String path() {
            return "properties";
        }

        @Override
        public Optional<JsonNode> from(JsonNode feature) {
            var filled = new ArrayList<String>();
            for (String sentence : sentences) {
                filledIn(sentence, feature).ifPresent(filled::add);
            }
            return filled.isEmpty()
                    ? Optional.empty()
                    : Optional.of(TextNode.valueOf(String.join(" ", filled)));
        }

        private static Optional<String> filledIn(String sentence, JsonNode feature) {
            var text = new StringBuilder();
            var hole = HOLE.matcher(sentence);
            while (hole.find()) {
                var value = new Property(hole.group(1), Map.of()).from(feature);
                if (value.isEmpty()) {
                    return Optional.empty();
                }
                hole.appendReplacement(text, "");
                text.append(value.get().asText());
            }
            hole.appendTail(text);
            return Optional.of(text.toString());
        }
    }
}
