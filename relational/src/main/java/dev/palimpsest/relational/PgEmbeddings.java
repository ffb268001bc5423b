package dev.palimpsest.relational;

import dev.palimpsest.model.Sha256;
import dev.palimpsest.port.Embeddings;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/// Rows of embeddings in PostgreSQL.
public final class PgEmbeddings implements Embeddings {

    /// The most vectors read or written by one statement.
    private static final int SLICE = 1_000;

    private static final String FIND =
            "select sha256, vector from embedding where model = ? and sha256 = any (?)";

    private static final String KEEP =
            """
            insert into embedding (model, sha256, vector)
            select ?, w.sha256, w.vector from unnest(?::bytea[], ?::bytea[]) as w (sha256, vector)
            on conflict do nothing
            """;

    private final DataSource source;

    public PgEmbeddings(DataSource source) {
        this.source = source;
    }

    @Override
    public Map<String, byte[]> find(String model, Collection<String> texts) {
        var textOf = new TreeMap<String, String>();
        texts.forEach(text -> textOf.put(Sha256.hex(text), text));
        Map<String, byte[]> vectors = new HashMap<>();
        try (var connection = source.getConnection()) {
            for (var hashes : slices(List.copyOf(textOf.keySet()))) {
                var found =
                        Sql.list(
                                connection,
                                FIND,
                                row -> Map.entry(hex(row.getBytes(1)), row.getBytes(2)),
                                model,
                                bytes(hashes));
                for (var vector : found) {
                    var text = textOf.get(vector.getKey());
                    if (text != null) {
                        vectors.put(text, vector.getValue());
                    }
                }
            }
            return vectors;
        } catch (SQLException e) {
            throw SqlFailure.of("find embeddings", e);
        }
    }

    /// In the order of their hashes, so that two who keep the same vectors never wait for each
    /// other in a circle.
    @Override
    public void keep(String model, Map<String, byte[]> vectors) {
        var byHash = new TreeMap<String, byte[]>();
        vectors.forEach((text, vector) -> byHash.put(Sha256.hex(text), vector));
        try (var connection = source.getConnection()) {
            for (var slice : slices(List.copyOf(byHash.entrySet()))) {
                Sql.update(
                        connection,
                        KEEP,
                        model,
                        bytes(slice.stream().map(Map.Entry::getKey).toList()),
                        slice.stream().map(Map.Entry::getValue).toArray(byte[][]::new));
            }
        } catch (SQLException e) {
            throw SqlFailure.of("keep embeddings", e);
        }
    }

    private static <T> List<List<T>> slices(List<T> all) {
        List<List<T>> slices = new ArrayList<>();
        for (int start = 0; start < all.size(); start += SLICE) {
            slices.add(all.subList(start, Math.min(all.size(), start + SLICE)));
        }
        return slices;
    }

    private static byte[][] bytes(List<String> hashes) {
        return hashes.stream().map(HexFormat.of()::parseHex).toArray(byte[][]::new);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
