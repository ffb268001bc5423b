package dev.palimpsest.relational.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palimpsest.model.Sha256;
import dev.palimpsest.relational.archive.Heads.Head;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What an archive holds: its entries, each with how many rows it has and its SHA-256.
///
/// @param format of the archive; a newer one is not read
/// @param ledger the newest migration of the ledger it was taken from
/// @param head where that stood
/// @param space the one space it holds; empty if it holds a whole ledger, or was made before
///   archives said so
record Manifest(
        int format,
        int ledger,
        String made,
        Head head,
        Optional<String> space,
        Map<String, Part> parts) {

    static final String NAME = "manifest.json";
    static final int FORMAT = 1;

    /// The newest migration of the ledger that this program knows; an archive of a newer one holds
    /// what this program does not know.
    static final int LEDGER = 7;

    static final String KIND = "palimpsest-backup";

    private static final Set<String> UNCOUNTED =
            Set.of(
                    LedgerTables.entry("idempotency"),
                    LedgerTables.entry("embedding"),
                    LedgerTables.entry("access_key"),
                    LedgerTables.entry("audit"));

    private static final String DAMAGED = "its manifest is damaged; use another backup";

    private static final ObjectMapper JSON = new ObjectMapper();

    Manifest {
        parts = Map.copyOf(parts);
    }

    /// The hash of all that two archives of one space have in common, whenever and from whatever
    /// store they were made. Kept answers, which are deleted after a week, and embeddings do not
    /// count.
    String digest() {
        var digest = Sha256.digest();
        new TreeMap<>(parts)
                .forEach((name, part) -> {
                    if (!UNCOUNTED.contains(name)) {
                        var line = name + " " + part.sha256() + "\n";
                        digest.update(line.getBytes(StandardCharsets.UTF_8));
                    }
                });
        return HexFormat.of().formatHex(digest.digest());
    }

    /// One entry.
    record Part(long rows, String sha256) {}

    byte[] write() {
        var root = JSON.createObjectNode();
        root.put("kind", KIND)
                .put("format", format)
                .put("ledger", Integer.toString(ledger))
                .put("made", made)
                .put("position", head.position())
                .put("recorded", head.recorded())
                .put("node", head.node());
        space.ifPresent(name -> root.put("space", name).put("digest", digest()));
        var entries = root.putObject("entries");
        parts.forEach((name, part) ->
                entries.putObject(name).put("rows", part.rows()).put("sha256", part.sha256()));
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }

    /// @throws ArchiveException if it is none, damaged, or of a newer program
    static Manifest read(byte[] bytes) {
        JsonNode root;
        try {
            root = JSON.readTree(new String(bytes, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new ArchiveException(DAMAGED, e);
        }
        if (!KIND.equals(root.path("kind").asText())) {
            throw new ArchiveException("it is a zip file, but no backup of a palimpsest");
        }
        int format = (int) Math.min(Integer.MAX_VALUE, count(root, "format"));
        if (format > FORMAT) {
            throw new ArchiveException(
                    "it has format "
                            + format
                            + ", and this program reads "
                            + FORMAT
                            + ": restore it with the newer program that made it");
        }
        return new Manifest(
                format,
                ledger(root.path("ledger").asText()),
                root.path("made").asText(),
                new Head(count(root, "position"), number(root, "recorded"), count(root, "node")),
                root.path("space").isTextual()
                        ? Optional.of(root.path("space").asText())
                        : Optional.empty(),
                parts(root.path("entries")));
    }

    private static int ledger(String migration) {
        if (!migration.matches("[0-9]{1,9}")) {
            throw new ArchiveException(DAMAGED);
        }
        int ledger = Integer.parseInt(migration);
        if (ledger > LEDGER) {
            throw new ArchiveException(
                    "it was made by a newer program (ledger "
                            + ledger
                            + ", here "
                            + LEDGER
                            + "): restore it with that one");
        }
        return ledger;
    }

    private static Map<String, Part> parts(JsonNode entries) {
        var parts = new LinkedHashMap<String, Part>();
        for (var entry : entries.properties()) {
            parts.put(
                    entry.getKey(),
                    new Part(
                            count(entry.getValue(), "rows"),
                            entry.getValue().path("sha256").asText()));
        }
        return parts;
    }

    private static long count(JsonNode node, String field) {
        long count = number(node, field);
        if (count < 0) {
            throw new ArchiveException(DAMAGED);
        }
        return count;
    }

    private static long number(JsonNode node, String field) {
        if (!node.path(field).isIntegralNumber() || !node.path(field).canConvertToLong()) {
            throw new ArchiveException(DAMAGED);
        }
        return node.path(field).asLong();
    }
}
