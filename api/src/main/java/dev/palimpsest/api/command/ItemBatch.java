package dev.palimpsest.api.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.api.client.Client;

/// Some items of a file, to be sent together.
///
/// @param before how many lines or features of the file come before the first
/// @param count how many there are
/// @param bytes how many bytes of the file are read once they are
/// @param isLast whether nothing comes after it
/// @param post sends them
record ItemBatch(long before, int count, long bytes, boolean isLast, Post post) {

    /// Sends a batch.
    interface Post {
        /// @param space the path of the space
        /// @param wait `durable` or `searchable`
        /// @return what became of each, as the HTTP door says it
        JsonNode to(Client client, String space, String wait);
    }
}
