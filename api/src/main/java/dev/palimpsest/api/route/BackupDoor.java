package dev.palimpsest.api.route;

import dev.palimpsest.model.SpaceId;
import dev.palimpsest.time.Bookmark;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/// Gives out the whole ledger, or one space of it, and takes one in.
public interface BackupDoor {

    /// Writes it as it is now; the last thing written says that it is whole.
    void writeTo(OutputStream out) throws IOException;

    /// The same of one space.
    ///
    /// @throws dev.palimpsest.port.StoreException.NotFound if there is none; nothing is written
    ///   then
    void writeTo(OutputStream out, SpaceId space) throws IOException;

    /// Takes in the one space of an archive, all of it or nothing.
    ///
    /// @throws dev.palimpsest.ingest.source.InvalidField if it is no archive of one space
    /// @throws dev.palimpsest.port.StoreException if the space is there, was forgotten, or does not
    ///   fit
    Imported takeIn(Path archive) throws IOException;

    /// A space that was taken in.
    ///
    /// @param digest of it, as an archive made of it now would have it
    /// @param made when the archive was made
    /// @param at all of it is at or before this
    record Imported(
            SpaceId space, long rows, long positions, String digest, String made, Bookmark at) {}
}
