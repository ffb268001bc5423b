package dev.palimpsest.query.index.lucene;

import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.util.IOSupplier;
import org.jspecify.annotations.Nullable;

/// The damage of one projection that was met since it was last built. Whoever reads or writes notes
/// it; the applying thread, which alone may build again, asks.
///
/// What is noted is what was met where it lies: a failure that passes through from another
/// projection searched from within is that one's.
final class Damage {

    /// Some failures are damage or a fault of ours. Which, the checksums of the space say, read at
    /// most so often.
    private static final Duration CHECK_AFTER = Duration.ofMinutes(1);

    private volatile StoreException.@Nullable Corrupt met;
    private final Set<SpaceId> suspects = ConcurrentHashMap.newKeySet();

    /// Of the applying thread alone.
    private long lastCheck = System.nanoTime() - CHECK_AFTER.toNanos();

    /// Does something with the index of a space.
    ///
    /// @param index its name in failures
    /// @throws StoreException.Corrupt if it is damaged, which is noted
    /// @throws StoreException.Unavailable if it cannot be read or written for another reason
    <T> T watch(SpaceId space, String index, IOSupplier<T> action) {
        try {
            return action.get();
        } catch (StoreException e) {
            throw e;
        } catch (IOException | UncheckedIOException | AlreadyClosedException e) {
            throw noted(IndexFailure.of(index, e));
        } catch (RuntimeException | InternalError e) {
            suspects.add(space);
            throw e;
        }
    }

    /// Notes a failure if it is damage.
    ///
    /// @return the same, to be thrown
    StoreException noted(StoreException failure) {
        if (failure instanceof StoreException.Corrupt corrupt) {
            met = corrupt;
        }
        return failure;
    }

    boolean wasMet() {
        return met != null;
    }

    void requireNone() {
        var corrupt = met;
        if (corrupt != null) {
            throw corrupt;
        }
    }

    /// A space whose checksums are to be read now, if there is one.
    Optional<SpaceId> suspect() {
        if (System.nanoTime() - lastCheck < CHECK_AFTER.toNanos()) {
            return Optional.empty();
        }
        var suspect = suspects.stream().findAny();
        if (suspect.isPresent()) {
            suspects.remove(suspect.get());
            lastCheck = System.nanoTime();
        }
        return suspect;
    }
}
