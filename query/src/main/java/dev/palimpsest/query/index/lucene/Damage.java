package dev.palimpsest.query.index.lucene;

import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.util.IOSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The damage of one projection that was met since it was last built. Whoever reads or writes notes
/// it; the applying thread, which alone may build again, asks.
///
/// What is noted is what was met where it lies: damage that passes through from another projection,
/// searched from within, is that one's. Bytes that were changed are met as all kinds of failures,
/// which may be a fault of ours, too: a space where one came is suspect until its checksums were
/// read.
final class Damage {

    private static final Logger LOG = LoggerFactory.getLogger(Damage.class);

    /// How often checksums are read, at most, while suspicions keep coming.
    private static final Duration CHECK_AFTER = Duration.ofMinutes(1);

    /// Suspect spaces whose checksums are read before closing.
    private static final int MOST_SETTLED = 16;

    private final Consumer<SpaceId> check;
    private volatile StoreException.@Nullable Corrupt met;

    /// In the order they came; guarded by itself.
    private final Set<SpaceId> suspects = new LinkedHashSet<>();

    /// Of the applying thread alone.
    private long lastCheck = System.nanoTime() - CHECK_AFTER.toNanos();

    /// @param check reads the checksums of a space, and throws as [#watch] does
    Damage(Consumer<SpaceId> check) {
        this.check = check;
    }

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

    /// Reads the checksums of a suspect space, if one is due.
    void checkDue() {
        if (System.nanoTime() - lastCheck >= CHECK_AFTER.toNanos()) {
            for (var suspect : suspects(1)) {
                lastCheck = System.nanoTime();
                putLast(suspect);
                clear(suspect);
            }
        }
    }

    /// Decides what is suspect, before it is closed.
    ///
    /// @throws StoreException.Corrupt if anything is damaged
    void settle() {
        for (var suspect : suspects(MOST_SETTLED)) {
            try {
                clear(suspect);
            } catch (StoreException.Unavailable e) {
                LOG.warn("space {} could not be checked", suspect, e);
            }
        }
        requireNone();
    }

    /// It stays suspect if it cannot be checked now.
    private void clear(SpaceId suspect) {
        check.accept(suspect);
        synchronized (suspects) {
            suspects.remove(suspect);
        }
    }

    private void putLast(SpaceId suspect) {
        synchronized (suspects) {
            suspects.remove(suspect);
            suspects.add(suspect);
        }
    }

    private List<SpaceId> suspects(int most) {
        synchronized (suspects) {
            return suspects.stream().limit(most).toList();
        }
    }
}
