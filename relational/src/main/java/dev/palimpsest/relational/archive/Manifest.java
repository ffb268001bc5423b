package dev.palimpsest.relational.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palimpsest.relational.archive.Heads.Head;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// What an archive holds: its entries, each with how many rows it has and its SHA-256.
///
/// @param format of the archive; a newer one is not read
/// @param ledger the newest migration of the ledger it was taken from
/// @param head where that stood
record Manifest(int format, String ledger, String made, Head head, Map<String, Part> parts) {

    static final String NAME = "manifest.json";
    static final int FORMAT = 1;
    static final String KIND = "palimpsest-backup";

    private static final ObjectMapper JSON = new ObjectMapper();

    Manifest {
        parts = Map.copyOf(parts);
    }

    /// One entry.
    record Part(long rows, String sha256) {}

    byte[] write() {
        var root = JSON.createObjectNode();
        root.put("kind", KIND)
                .put("format", format)
                .put("ledger", ledger)
                .put("made", made)
                .put("position", head.position())
                .put("recorded", head.recorded())
                .put("node", head.node());
        var entries = root.putObject("entries");
        parts.forEach((name, part) ->
                entries.putObject(name).put("rows", part.rows()).put("sha256", part.sha256()));
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }

    /// @throws ArchiveException if it is none, or of a newer format
    static Manifest read(byte[] bytes) {
        JsonNode root;
        try {
            root = JSON.readTree(new String(bytes, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new ArchiveException("its manifest is damaged; use another backup", e);
        }
        if (!KIND.equals(root.path("kind").asText())) {
            throw new ArchiveException("it is a zip file, but no backup of a palimpsest");
        }
        int format = root.path("format").asInt();
        if (format > FORMAT) {
            throw new ArchiveException(
                    "it has format "
                            + format
                            + ", and this program reads "
                            + FORMAT
                            + ": restore it with the newer program that made it");
        }
        var parts = new LinkedHashMap<String, Part>();
        for (var entry : root.path("entries").properties()) {
            parts.put(
                    entry.getKey(),
                    new Part(
                            entry.getValue().path("rows").asLong(),
                            entry.getValue().path("sha256").asText()));
        }
        return new Manifest(
                format,
                root.path("ledger").asText(),
                root.path("made").asText(),
                new Head(
                        root.path("position").asLong(),
                        root.path("recorded").asLong(),
                        root.path("node").asLong()),
                parts);
    }
}
