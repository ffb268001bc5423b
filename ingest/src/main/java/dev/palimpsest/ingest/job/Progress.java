package dev.palimpsest.ingest.job;

import java.time.Instant;
import java.util.Optional;

/// How an import comes along.
///
/// @param rate how many are read in a second, since it began or went on
/// @param estimatedEnd when it will have read everything, going on like this
/// @param waiting why nothing moves now
public record Progress(
        ImportJob job, double rate, Optional<Instant> estimatedEnd, Optional<String> waiting) {

    static Progress still(ImportJob job) {
        return new Progress(job, 0, Optional.empty(), Optional.empty());
    }
}
