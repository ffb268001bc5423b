package dev.palimpsest.ingest.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;

/// How a JSON value becomes a `T`.
@FunctionalInterface
public interface Shape<T> {

    /// @param path where `node` stands, such as `fact.object`
    /// @throws InvalidField if `node` has not this shape
    T read(JsonNode node, String path);

    /// This shape, made into something whose own rules are told as rules of the field.
    default <U> Shape<U> as(Function<? super T, ? extends U> make) {
        return (node, path) -> {
            T value = read(node, path);
            return Shapes.made(path, () -> make.apply(value));
        };
    }
}
