package dev.palimpsest.relational.server;

import dev.palimpsest.port.StoreException;

/// The pause between two looks at something that happens in another process.
final class Waiting {

    private static final long MOMENT_MILLIS = 20;

    private Waiting() {}

    static void aMoment() {
        try {
            Thread.sleep(MOMENT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException.Unavailable(
                    "interrupted while waiting for the database server", e);
        }
    }
}
