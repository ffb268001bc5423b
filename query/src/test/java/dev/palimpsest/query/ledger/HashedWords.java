package dev.palimpsest.query.ledger;

import dev.palimpsest.port.Embedder;
import java.util.List;
import java.util.Locale;

/// An embedder whose meaning is which words there are: each word is a direction. Texts that share
/// words are near each other.
public final class HashedWords implements Embedder {

    private static final int DIMENSIONS = 64;

    @Override
    public String model() {
        return "hashed-words";
    }

    @Override
    public int dimensions() {
        return DIMENSIONS;
    }

    @Override
    public List<byte[]> embedAll(List<String> texts) {
        return texts.stream().map(this::embed).toList();
    }

    @Override
    public byte[] embed(String text) {
        var sum = new double[DIMENSIONS];
        for (var word : text.toLowerCase(Locale.ROOT).split("[^a-z0-9]+")) {
            sum[Math.floorMod(word.hashCode() * 0x9E37_79B9, DIMENSIONS)]++;
        }
        double length = Math.sqrt(java.util.Arrays.stream(sum).map(x -> x * x).sum());
        var vector = new byte[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = (byte) Math.round(127 * sum[i] / length);
        }
        return vector;
    }
}
