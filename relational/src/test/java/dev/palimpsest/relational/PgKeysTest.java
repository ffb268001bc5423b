package dev.palimpsest.relational;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.model.Key;
import dev.palimpsest.model.Key.Reach;
import dev.palimpsest.model.KeyName;
import dev.palimpsest.model.Scope;
import dev.palimpsest.model.Sha256;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.StoreException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PgKeysTest {

    private static final Instant MADE = Instant.parse("2026-11-28T10:00:00.000001Z");

    private final Database database = TestDatabases.fresh();
    private final PgKeys keys = new PgKeys(database.dataSource());

    @AfterEach
    void close() {
        database.close();
    }

    private static Key key(String id, Reach reach, Optional<Instant> expires) {
        return new Key(
                id,
                new KeyName("the scribe's"),
                Set.of(Scope.READ, Scope.APPROVE),
                reach,
                MADE,
                expires,
                Optional.empty(),
                expires.isPresent() ? OptionalInt.of(60) : OptionalInt.empty());
    }

    @Test
    void aKeyComesBackAsItWasKept() {
        var within = new Reach.Within(Set.of(new SpaceId("a"), new SpaceId("b.c")));
        var one = key("aaaaaaaa", within, Optional.of(MADE.plusSeconds(1)));
        var other = key("bbbbbbbb", new Reach.Everywhere(), Optional.empty());
        keys.add(one, Sha256.hex("one"));
        keys.add(other, Sha256.hex("other"));

        assertThat(keys.all()).extracting(kept -> kept.key()).containsExactly(one, other);
        assertThat(keys.all().getFirst().sha256()).isEqualTo(Sha256.hex("one"));
    }

    @Test
    void anIdIsGivenOutOnce() {
        var one = key("aaaaaaaa", new Reach.Everywhere(), Optional.empty());
        keys.add(one, Sha256.hex("one"));
        assertThatThrownBy(() -> keys.add(one, Sha256.hex("other")))
                .isInstanceOf(StoreException.Conflict.class);
        assertThat(keys.all().getFirst().sha256()).isEqualTo(Sha256.hex("one"));
    }

    @Test
    void aRevokedKeyStaysRevokedSinceTheFirstTime() {
        keys.add(key("aaaaaaaa", new Reach.Everywhere(), Optional.empty()), Sha256.hex("one"));
        var since = MADE.plusSeconds(60);
        assertThat(keys.revoke("aaaaaaaa", since).orElseThrow().revoked()).contains(since);
        assertThat(keys.revoke("aaaaaaaa", since.plusSeconds(1)).orElseThrow().revoked())
                .contains(since);
        assertThat(keys.revoke("zzzzzzzz", since)).isEmpty();
    }
}
