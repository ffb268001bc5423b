package dev.palimpsest.ingest.source;

import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Makes ids for what comes without one: UUIDs of version 7, which sort by the millisecond of their
/// making. Safe for use by many threads if the generator is.
public final class TimeOrderedIds implements Supplier<String> {

    private final InstantSource clock;
    private final RandomGenerator random;

    public TimeOrderedIds(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    @Override
    public String get() {
        long high = (clock.millis() << 16) | 0x7000L | (random.nextLong() & 0xFFFL);
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}
