package dev.palimpsest.api.access;

import dev.palimpsest.model.Key;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/// How often each key, and each subject of a token, may ask: `n` times at once, then once every
/// `n`th part of a minute. Whoever needs no key may always. Safe for use by many threads.
///
/// It holds a number for each of those who asked last, in memory: after a restart all begin anew,
/// and so does who was not heard of while very many others asked.
public final class Pace {

    private static final int MOST_HELD = 20_000;
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final OptionalInt usual;
    private final LongSupplier nanoTime;

    /// When what each asked so far will be used up, in nanoseconds since the first of all.
    private final Map<String, Long> usedUp =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                    return size() > MOST_HELD;
                }
            };

    private final long begin;

    /// @param usual for whom no key says otherwise; none if empty
    public Pace(OptionalInt usual, LongSupplier nanoTime) {
        usual.ifPresent(Key::requirePace);
        this.usual = usual;
        this.nanoTime = nanoTime;
        this.begin = nanoTime.getAsLong();
    }

    /// Counts a request.
    ///
    /// @throws TooOften if that is one too many; then it does not count
    public void admit(Principal who) {
        var limit =
                switch (who) {
                    case Principal.Local _ -> OptionalInt.empty();
                    case Principal.Bearer(var key) ->
                            key.requestsPerMinute().isPresent() ? key.requestsPerMinute() : usual;
                    case Principal.Token _ -> usual;
                };
        if (limit.isPresent()) {
            admit(who.id(), limit.getAsInt());
        }
    }

    private synchronized void admit(String who, int perMinute) {
        long now = nanoTime.getAsLong() - begin;
        long each = MINUTE / perMinute;
        long then = Math.max(now, usedUp.getOrDefault(who, now)) + each;
        long tooMuch = then - now - each * perMinute;
        if (tooMuch > 0) {
            throw new TooOften(perMinute, Duration.ofNanos(tooMuch));
        }
        usedUp.put(who, then);
    }
}
