package dev.palimpsest.query.index.lucene;

import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.jspecify.annotations.Nullable;

/// Something that is read of a segment once and forgotten with it.
final class PerSegment<T> {

    private final ConcurrentMap<IndexReader.CacheKey, T> known = new ConcurrentHashMap<>();
    private final Function<LeafReader, IndexReader.@Nullable CacheHelper> lifetime;
    private final Reading<T> reading;

    /// Reads it.
    interface Reading<T> {
        T of(LeafReader reader) throws IOException;
    }

    private PerSegment(
            Function<LeafReader, IndexReader.@Nullable CacheHelper> lifetime, Reading<T> reading) {
        this.lifetime = lifetime;
        this.reading = reading;
    }

    /// Of what never changes once a segment was written.
    static <T> PerSegment<T> ofCore(Reading<T> reading) {
        return new PerSegment<>(LeafReader::getCoreCacheHelper, reading);
    }

    /// Of what changes as documents of a segment are closed.
    static <T> PerSegment<T> ofState(Reading<T> reading) {
        return new PerSegment<>(LeafReader::getReaderCacheHelper, reading);
    }

    T of(LeafReader reader) throws IOException {
        IndexReader.CacheHelper helper = lifetime.apply(reader);
        if (helper == null) {
            return reading.of(reader);
        }
        T found = known.get(helper.getKey());
        if (found == null) {
            found = reading.of(reader);
            if (known.put(helper.getKey(), found) == null) {
                helper.addClosedListener(known::remove);
            }
        }
        return found;
    }
}
