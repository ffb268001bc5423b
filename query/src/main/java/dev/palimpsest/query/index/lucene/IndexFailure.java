package dev.palimpsest.query.index.lucene;

import dev.palimpsest.port.StoreException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.store.AlreadyClosedException;

/// What a failure of Lucene means to the caller.
final class IndexFailure {

    private IndexFailure() {}

    /// @param index such as `text/demo`
    static StoreException of(String index, Exception failure) {
        Throwable cause = failure;
        if (failure instanceof AlreadyClosedException || failure instanceof UncheckedIOException) {
            cause = failure.getCause() == null ? failure : failure.getCause();
        }
        boolean corrupt =
                switch (cause) {
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
        return corrupt
                ? new StoreException.Corrupt(
                        "index "
                                + index
                                + " is damaged and is built again; ask again a little later ("
                                + cause.getMessage()
                                + ")",
                        failure)
                : new StoreException.Unavailable(
                        "index " + index + " does not answer: " + cause.getMessage(), failure);
    }
}
