package dev.palimpsest.api.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.api.client.Client;
import java.util.List;
import java.util.stream.StreamSupport;

/// The projections of a server, by name.
final class Projections {

    static final String PATH = "/v1/projections";

    private Projections() {}

    static List<String> names(Client client) {
        return StreamSupport.stream(client.get(PATH).path("items").spliterator(), false)
                .map(state -> state.path("name").asText())
                .toList();
    }

    /// How the projection of that name is.
    static JsonNode state(Client client, String name) {
        for (var state : client.get(PATH).path("items")) {
            if (state.path("name").asText().equals(name)) {
                return state;
            }
        }
        throw new IllegalStateException("the server has no projection " + name);
    }
}
