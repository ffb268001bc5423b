package dev.palimpsest.api.access;

import dev.palimpsest.model.Key;
import dev.palimpsest.model.Key.Reach;
import dev.palimpsest.model.KeyName;
import dev.palimpsest.model.Scope;
import dev.palimpsest.port.Keys;
import dev.palimpsest.port.Keys.Kept;
import dev.palimpsest.port.StoreException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Makes keys, revokes them, and tells whose a text is. Safe for use by many threads.
///
/// All keys are held in memory, so that who guesses costs no query. What is made or revoked here
/// counts at once; what another process did to the same ledger, a few seconds later.
public final class KeyRing {

    /// The most keys that are kept, revoked ones among them.
    static final int MOST_KEYS = 10_000;

    private static final Duration LONGEST_UNSEEN = Duration.ofSeconds(5);

    private final Keys keys;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private volatile Held held = new Held(Map.of(), Instant.EPOCH);

    /// A key and its text, which is told this once.
    public record Made(Key key, String text) {

        /// Without the text.
        @Override
        public String toString() {
            return key.toString();
        }
    }

    /// What a new key is to be like.
    public record Wanted(
            KeyName name,
            Set<Scope> scopes,
            Reach reach,
            Optional<Instant> expires,
            OptionalInt requestsPerMinute) {}

    private record Held(Map<String, Kept> byId, Instant read) {}

    public KeyRing(Keys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /// @throws StoreException.Conflict if there are too many already
    public Made make(Wanted wanted) {
        if (keys.all().size() >= MOST_KEYS) {
            throw new StoreException.Conflict("there are " + MOST_KEYS + " keys already");
        }
        var text = KeyText.random(random);
        var created = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var key =
                new Key(
                        text.id(),
                        wanted.name,
                        wanted.scopes,
                        wanted.reach,
                        created,
                        wanted.expires,
                        Optional.empty(),
                        wanted.requestsPerMinute);
        keys.add(key, text.sha256());
        readAgain();
        return new Made(key, text.text());
    }

    /// All keys that were ever made.
    public List<Key> all() {
        return keys.all().stream().map(Kept::key).toList();
    }

    /// @throws StoreException.NotFound if there is none of that id
    public Key revoke(String id) {
        var revoked =
                keys.revoke(id, clock.instant())
                        .orElseThrow(() -> new StoreException.NotFound("there is no key " + id));
        readAgain();
        return revoked;
    }

    /// Whose key that is.
    ///
    /// @throws Refused if it is none, or none that is valid now
    Key bearer(String text) {
        var sent = KeyText.parse(text).orElseThrow(Refused::unknown);
        var kept = Optional.ofNullable(current().get(sent.id())).orElseThrow(Refused::unknown);
        if (!isSame(kept.sha256(), sent.sha256()) || !kept.key().isValidAt(clock.instant())) {
            throw Refused.unknown();
        }
        return kept.key();
    }

    /// Takes as long however much of it is the same.
    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    private Map<String, Kept> current() {
        var known = held;
        return isFresh(known) ? known.byId : refreshed();
    }

    private synchronized Map<String, Kept> refreshed() {
        return isFresh(held) ? held.byId : readAgain();
    }

    private boolean isFresh(Held known) {
        var now = clock.instant();
        return now.isBefore(known.read.plus(LONGEST_UNSEEN)) && !now.isBefore(known.read);
    }

    private synchronized Map<String, Kept> readAgain() {
        var read = clock.instant();
        var byId =
                keys.all().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        kept -> kept.key().id(), Function.identity()));
        held = new Held(byId, read);
        return byId;
    }
}
