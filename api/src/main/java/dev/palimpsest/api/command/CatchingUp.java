package dev.palimpsest.api.command;

import dev.palimpsest.api.client.Client;
import dev.palimpsest.api.wire.ProjectionBody;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Waits until the projections have followed the ledger as far as it goes, and shows how far they
/// are: what was written last may still be read into meanings, which takes milliseconds a text.
final class CatchingUp {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    /// One that stands still for so long has other troubles; whoever asks it then is told.
    private static final Duration LONGEST_STANDSTILL = Duration.ofSeconds(30);

    private CatchingUp() {}

    /// Returns when all have come as far as the ledger is, or nothing moves any more.
    static void await(Client client) {
        long behind = behind(client);
        if (behind == 0) {
            return;
        }
        long all = behind;
        long least = behind;
        long moved = System.nanoTime();
        try (var progress = Progress.ofItems("catching up", all, "positions")) {
            while (behind > 0 && System.nanoTime() - moved < LONGEST_STANDSTILL.toNanos()) {
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
                behind = behind(client);
                if (behind < least) {
                    least = behind;
                    moved = System.nanoTime();
                }
                progress.step(all - least, all - least);
            }
        }
    }

    private static long behind(Client client) {
        return client.projections().stream().mapToLong(ProjectionBody::behind).max().orElse(0);
    }
}
