package dev.palimpsest.relational.commit;

import dev.palimpsest.time.Moments;
import java.time.Duration;

/// How much of anything the committer takes, keeps or allows.
final class Limits {

    static final int MOST_REQUESTS_WAITING = 4_096;
    static final int MOST_ITEMS_WAITING = 65_536;
    static final long MOST_CHARACTERS_WAITING = 64L << 20;
    static final int MOST_ITEMS_PER_BATCH = 2_000;

    /// What someone who met a full queue is told to wait.
    static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /// How long writes wait for something that is one transaction however large it is, before they
    /// are told to come again.
    static final Duration LONGEST_STANDSTILL = Duration.ofSeconds(10);

    static final Duration RETRY_AFTER_STANDSTILL = Duration.ofSeconds(5);

    /// How far the recorded time of an imported item may lie behind the one before it; it is then
    /// lifted to just after that.
    static final long LONGEST_STEP_BACK_MICROS = 1_000_000;

    /// How long an answer is kept for a request that comes again with its key.
    static final Duration ANSWERS_KEPT = Duration.ofDays(7);

    static final Duration BETWEEN_CLEANINGS = Duration.ofHours(1);

    static final int LONGEST_KEY = 255;

    /// Of the texts that memories are looked up by.
    static final int LONGEST_LABEL = 200;

    /// Positions in one range partition of the tables, as `make_ledger_partition` has it.
    static final long PARTITION_POSITIONS = 1 << 24;

    /// How many empty partitions lie ahead of the one being filled.
    static final int PARTITIONS_AHEAD = 3;

    /// How many entities, and how many sources and predicates, are remembered between batches.
    static final int MOST_REMEMBERED = 100_000;

    /// How long another holder of the lock may take to let go: a server notices only after a while
    /// that a process has died.
    static final Duration LONGEST_WAIT_FOR_LOCK = Duration.ofSeconds(3);

    static final Duration BETWEEN_LOCK_ATTEMPTS = Duration.ofMillis(100);

    /// How the ledger writes a recorded end that has not come.
    static final long OPEN = Moments.OPEN;

    private Limits() {}
}
