package dev.palimpsest.query.index.lucene;

import com.google.common.base.Throwables;
import dev.palimpsest.port.StoreException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexNotFoundException;

/// What a failure of Lucene means to the caller. It may lie at the bottom of others: a writer that
/// met damage in the background tells of it later, in its own words.
final class IndexFailure {

    private IndexFailure() {}

    /// @param index such as `text/demo`
    static StoreException of(String index, Throwable failure) {
        var damage = damage(failure);
        return damage.isPresent()
                ? new StoreException.Corrupt(
                        "index "
                                + index
                                + " is damaged and is built again; ask again a little later ("
                                + damage.get().getMessage()
                                + ")",
                        failure)
                : new StoreException.Unavailable(
                        "index "
                                + index
                                + " does not answer: "
                                + Throwables.getRootCause(failure).getMessage(),
                        failure);
    }

    static boolean isDamage(Throwable failure) {
        return damage(failure).isPresent();
    }

    /// Whether it is a matter of opening files, of rights or of an interrupt: nothing that was read
    /// is wrong.
    static boolean isOfFiles(Throwable failure) {
        return Throwables.getCausalChain(failure).stream()
                .anyMatch(cause ->
                        cause instanceof FileSystemException
                                || cause instanceof ClosedByInterruptException);
    }

    private static Optional<Throwable> damage(Throwable failure) {
        return Throwables.getCausalChain(failure).stream()
                .filter(IndexFailure::saysDamage)
                .findFirst();
    }

    private static boolean saysDamage(Throwable failure) {
        return switch (failure) {
            case CorruptIndexException _,
                    IndexFormatTooOldException _,
                    IndexFormatTooNewException _,
                    IndexNotFoundException _,
                    NoSuchFileException _,
                    FileNotFoundException _,
                    EOFException _ ->
                    true;
            default -> false;
        };
    }
}
