package dev.palimpsest.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.api.access.KeyRing.Wanted;
import dev.palimpsest.model.Key.Reach;
import dev.palimpsest.model.KeyName;
import dev.palimpsest.model.Scope;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.relational.Database;
import dev.palimpsest.relational.PgKeys;
import dev.palimpsest.relational.TestDatabases;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyRingTest {

    private static final KeyName NAME = new KeyName("scribe");
    private static final Reach A = new Reach.Within(Set.of(new SpaceId("a")));

    private final Database database = TestDatabases.fresh();
    private Instant now = Instant.parse("2026-11-28T10:00:00Z");
    private final KeyRing ring = ring();

    @AfterEach
    void close() {
        database.close();
    }

    private KeyRing ring() {
        return new KeyRing(new PgKeys(database.dataSource()), () -> now);
    }

    private KeyRing.Made made(Optional<Instant> expires) {
        return ring.make(wanted(Set.of(Scope.READ), expires));
    }

    private static Wanted wanted(Set<Scope> scopes, Optional<Instant> expires) {
        return new Wanted(NAME, scopes, A, expires, OptionalInt.empty());
    }

    @Test
    void aKeyIsTwoHundredAndFiftySixBitsAfterAPrefixThatIsItsId() {
        Set<String> texts = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            var made = made(Optional.empty());
            var parts = made.text().split("_", 3);
            assertThat(parts[0]).isEqualTo("pal");
            assertThat(parts[1]).isEqualTo(made.key().id()).hasSize(8);
            assertThat(Base64.getUrlDecoder().decode(parts[2])).hasSize(32);
            assertThat(texts.add(parts[2])).isTrue();
        }
    }

    @Test
    void theTextOfAKeyIsNowhereInTheLedger() throws SQLException {
        var text = made(Optional.empty()).text();
        var secret = text.substring(13);
        assertThat(text).endsWith("_" + secret);
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select to_jsonb(k)::text from access_key k")) {
            assertThat(rows.next()).isTrue();
            var hex = new StringBuilder();
            for (byte one : secret.getBytes(StandardCharsets.UTF_8)) {
                hex.append(String.format("%02x", one));
            }
            assertThat(rows.getString(1)).doesNotContain(secret).doesNotContain(hex);
        }
    }

    @Test
    void nothingPrintsTheTextOfAKey() {
        var made = made(Optional.empty());
        assertThat(made.toString()).doesNotContain(made.text().substring(13));
        assertThat(KeyText.parse(made.text()).orElseThrow().toString())
                .doesNotContain(made.text().substring(13));
    }

    @Test
    void aKeyIsKnownByItsWholeTextOnly() {
        var made = made(Optional.empty());
        assertThat(ring.bearer(made.text())).isEqualTo(made.key());
        var text = made.text();
        var last = text.charAt(text.length() - 2) == 'A' ? 'B' : 'A';
        for (var wrong :
                new String[] {
                    "",
                    "pal_",
                    made.key().id(),
                    text.substring(0, 13),
                    text + " ",
                    text.toUpperCase(java.util.Locale.ROOT),
                    text.substring(0, text.length() - 2) + last + text.charAt(text.length() - 1),
                    text.replace(made.key().id(), "aaaaaaaa")
                }) {
            assertThatThrownBy(() -> ring.bearer(wrong)).isInstanceOf(Refused.class);
        }
    }

    @Test
    void missingUnknownExpiredAndRevokedKeysAreToldTheSame() {
        var expired = made(Optional.of(now.plusSeconds(60)));
        var revoked = made(Optional.empty());
        assertThat(ring.bearer(expired.text())).isEqualTo(expired.key());
        ring.revoke(revoked.key().id());
        now = now.plusSeconds(60);
        var guard = new Guard(ring, true, Optional.empty());
        var said = new HashSet<String>();
        for (var header :
                new String[] {
                    "Bearer " + expired.text(),
                    "Bearer " + revoked.text(),
                    "Bearer " + revoked.text().replace(revoked.key().id(), "aaaaaaaa"),
                    "Bearer x",
                    "Basic eDp5",
                    ""
                }) {
            assertThatThrownBy(() -> guard.identify(Optional.of(header)))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> {
                                assertThat(refused.isKnown()).isFalse();
                                said.add(refused.getMessage());
                            });
        }
        assertThatThrownBy(() -> guard.identify(Optional.empty()))
                .isInstanceOfSatisfying(Refused.class, refused -> said.add(refused.getMessage()));
        assertThat(said).hasSize(1);
    }

    @Test
    void whereNoKeyIsRequiredOneThatIsSentCountsAllTheSame() {
        var guard = new Guard(ring, false, Optional.empty());
        assertThat(guard.identify(Optional.empty())).isEqualTo(new Principal.Local());
        var made = made(Optional.empty());
        assertThat(guard.identify(Optional.of("bearer " + made.text())))
                .isEqualTo(new Principal.Bearer(made.key()));
        assertThatThrownBy(() -> guard.identify(Optional.of("Bearer pal_x")))
                .isInstanceOf(Refused.class);
    }

    @Test
    void whatAnotherProcessRevokedIsSeenAFewSecondsLater() {
        var made = made(Optional.empty());
        ring.bearer(made.text());
        ring().revoke(made.key().id());
        now = now.plus(Duration.ofSeconds(5));
        assertThatThrownBy(() -> ring.bearer(made.text())).isInstanceOf(Refused.class);
    }

    @Test
    void aKeyThatWouldNeverLetInIsNotMade() {
        assertThatIllegalArgumentException().isThrownBy(() -> made(Optional.of(now)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ring.make(wanted(Set.of(), Optional.empty())));
        assertThatThrownBy(() -> ring.revoke("aaaaaaaa"))
                .isInstanceOf(StoreException.NotFound.class);
    }

    @Test
    void noScopeBringsAnotherAndNoSpaceBringsAnother() {
        var key = ring.make(wanted(Set.of(Scope.ADMIN), Optional.empty())).key();
        var principal = new Principal.Bearer(key);
        for (var scope : Scope.values()) {
            assertThat(principal.may(scope, new SpaceId("a"))).isEqualTo(scope == Scope.ADMIN);
            assertThat(principal.may(scope, new SpaceId("b"))).isFalse();
            assertThat(key.mayEverywhere(scope)).isFalse();
        }
        assertThatThrownBy(() ->
                        principal.require(
                                new Need.InSpace(Scope.READ), Optional.of(new SpaceId("a"))))
                .hasMessage("this key lacks the scope read for space 'a'");
        assertThatThrownBy(
                        () -> principal.require(new Need.Everywhere(Scope.ADMIN), Optional.empty()))
                .hasMessage("this key lacks the scope admin for all spaces");
    }
}
