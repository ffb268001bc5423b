package dev.palimpsest.api.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/// What is told of data that are handed in.
///
/// @param name by which a document or conversation is known
/// @param format such as `csv`; if empty, the name and the content tell
/// @param source who says so, of formats that do not say it themselves
/// @param mapping what properties or columns mean
/// @param recorded whether to keep the recorded times the items have
public record DataDescription(
        String name,
        Optional<String> format,
        Optional<String> source,
        Optional<JsonNode> mapping,
        boolean recorded) {

    /// With a name, and nothing else told.
    public static DataDescription named(String name) {
        return new DataDescription(
                name, Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    /// As it is sent: the query of an address, percent-encoded.
    public String query() {
        var query = new StringBuilder("?name=").append(JsonHttp.segment(name));
        format.ifPresent(word -> add(query, "format", word));
        source.ifPresent(who -> add(query, "source", who));
        mapping.ifPresent(json -> add(query, "mapping", json.toString()));
        if (recorded) {
            add(query, "recorded", "true");
        }
        return query.toString();
    }

    private static void add(StringBuilder query, String name, String value) {
        query.append('&').append(name).append('=').append(JsonHttp.segment(value));
    }
}
