package dev.palimpsest.api.oidc;

import com.nimbusds.jose.jwk.JWK;
import dev.palimpsest.port.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys an issuer signs with, as it told last. Safe for use by many threads.
///
/// They are asked for again when they are [#FRESH] old, and when a token names one that is not
/// among them, but not more often than every [#BETWEEN_TRIES], whoever sends what. An issuer that
/// cannot be reached is believed for [#LONGEST_UNSEEN] more; then nothing is known.
final class SigningKeys implements AutoCloseable {

    static final Duration FRESH = Duration.ofMinutes(5);
    static final Duration BETWEEN_TRIES = Duration.ofSeconds(10);
    static final Duration LONGEST_UNSEEN = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(SigningKeys.class);

    private final Issuer issuer;
    private final IssuerClient client;
    private final InstantSource clock;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Known known = new Known(List.of(), Instant.EPOCH, Instant.EPOCH, true);

    /// @param told when the issuer told them
    /// @param tried when it was asked last
    /// @param reached whether it answered then
    private record Known(List<JWK> keys, Instant told, Instant tried, boolean reached) {}

    SigningKeys(Issuer issuer, InstantSource clock) {
        this.issuer = issuer;
        this.client = new IssuerClient(issuer);
        this.clock = clock;
    }

    /// Those that are `wanted`; empty if the issuer has none of them.
    ///
    /// @throws StoreException.Unavailable if it cannot be asked, and might have one
    List<JWK> find(Predicate<JWK> wanted) {
        var found = wanted(wanted);
        boolean old = isAfter(known.told, FRESH);
        if (old && !found.isEmpty()) {
            askUnlessSomebodyDoes();
            found = wanted(wanted);
        } else if (found.isEmpty()) {
            ask();
            found = wanted(wanted);
        }
        if (found.isEmpty() && !known.reached) {
            throw unreachable();
        }
        if (isAfter(known.told, LONGEST_UNSEEN)) {
            throw unreachable();
        }
        return found;
    }

    private List<JWK> wanted(Predicate<JWK> wanted) {
        return known.keys.stream().filter(wanted).toList();
    }

    private StoreException.Unavailable unreachable() {
        return new StoreException.Unavailable(
                "tokens of "
                        + issuer.url()
                        + " cannot be checked now, for it does not answer; keys"
                        + " of this server are taken as ever");
    }

    /// Others go on with what is known.
    private void askUnlessSomebodyDoes() {
        if (asking.tryLock()) {
            try {
                askNow();
            } finally {
                asking.unlock();
            }
        }
    }

    private void ask() {
        asking.lock();
        try {
            askNow();
        } finally {
            asking.unlock();
        }
    }

    private void askNow() {
        if (!isAfter(known.tried, BETWEEN_TRIES)) {
            return;
        }
        var asked = clock.instant();
        try {
            var told = client.keys();
            known = new Known(told, asked, clock.instant(), true);
        } catch (IOException e) {
            LOG.warn("the keys of {} cannot be asked for: {}", issuer.url(), e.getMessage());
            known = new Known(known.keys, known.told, clock.instant(), false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException.Unavailable("the server is stopping", e);
        }
    }

    private boolean isAfter(Instant then, Duration longer) {
        return Duration.between(then, clock.instant()).compareTo(longer) >= 0;
    }

    @Override
    public void close() {
        client.close();
    }
}
