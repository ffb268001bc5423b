package dev.palimpsest.api.route;

import dev.palimpsest.model.SpaceId;
import java.io.IOException;
import java.io.OutputStream;

/// Gives out the whole ledger, or one space of it.
public interface BackupDoor {

    /// Writes it as it is now; the last thing written says that it is whole.
    void writeTo(OutputStream out) throws IOException;

    /// The same of one space.
    ///
    /// @throws dev.palimpsest.port.StoreException.NotFound if there is none; nothing is written
    ///   then
    void writeTo(OutputStream out, SpaceId space) throws IOException;
}
