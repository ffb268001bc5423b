package dev.palimpsest.query.recall;

import dev.palimpsest.time.Interval;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The times that the words of a question tell.
record Timely(List<Told> told) {

    /// @param sureness how sure it is that this time is meant, 0 to 1
    record Told(Interval stretch, double sureness) {}

    Timely {
        told = List.copyOf(told);
    }

    /// How surely a memory occurred when the words say.
    double share(Optional<Instant> occurred) {
        if (told.isEmpty() || occurred.isEmpty()) {
            return 0;
        }
        double most = 0;
        for (var one : told) {
            if (one.sureness > most && one.stretch.holdsAt(occurred.get())) {
                most = one.sureness;
            }
        }
        return most;
    }
}
