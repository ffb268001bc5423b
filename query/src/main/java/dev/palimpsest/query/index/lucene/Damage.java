package dev.palimpsest.query.index.lucene;

import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.util.IOSupplier;
import org.jspecify.annotations.Nullable;

/// The damage of one projection that was met since it was last built. Whoever reads or writes notes
/// it; the applying thread, which alone may build again, asks.
///
/// What is noted is what was met where it lies: damage that passes through from another projection,
/// searched from within, is that one's. Bytes that were changed are met as all kinds of failures,
/// which may be a fault of ours, too: a space where one came is suspect until its checksums were
/// read.
final class Damage {

    /// How often checksums are read, at most, while suspicions keep coming.
    private static final Duration CHECK_AFTER = Duration.ofMinutes(1);

    private volatile StoreException.@Nullable Corrupt met;

    /// In the order they came; guarded by itself.
    private final Set<SpaceId> suspects = new LinkedHashSet<>();

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
        } catch (IOException | UncheckedIOException | AlreadyClosedException | InternalError e) {
            suspect(space, e);
            throw noted(IndexFailure.of(index, e));
        } catch (RuntimeException e) {
            suspect(space, e);
            if (IndexFailure.isDamage(e)) {
                throw noted(IndexFailure.of(index, e));
            }
            throw e;
        }
    }

    private void suspect(SpaceId space, Throwable failure) {
        if (!IndexFailure.isDamage(failure) && !IndexFailure.isOfFiles(failure)) {
            synchronized (suspects) {
                suspects.add(space);
            }
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
        synchronized (suspects) {
            var suspect = suspects.stream().findFirst();
            if (suspect.isPresent()) {
                suspects.remove(suspect.get());
                lastCheck = System.nanoTime();
            }
            return suspect;
        }
    }

    /// All spaces whose checksums were to be read.
    List<SpaceId> suspects() {
        synchronized (suspects) {
            return List.copyOf(suspects);
        }
    }
}
