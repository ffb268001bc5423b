package dev.palimpsest.api.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.palimpsest.api.access.Principal;
import dev.palimpsest.api.access.Refused;
import dev.palimpsest.model.Scope;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.StoreException;
import java.net.URI;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OidcTokensTest {

    private static final RSAKey RSA = TestIssuer.rsa("rsa", 2048);

    private final TestIssuer issuer = new TestIssuer();
    private Duration later = Duration.ZERO;
    private final OidcTokens tokens = new OidcTokens(issuer.issuer(), this::now);

    private Instant now() {
        return Instant.now().plus(later);
    }

    @AfterEach
    void close() {
        tokens.close();
        issuer.close();
    }

    private void assertRefused(String token) {
        assertThatThrownBy(() -> tokens.bearer(token))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.isKnown()).isFalse())
                .hasMessageContaining("a valid key is needed");
    }

    private void assertRefused(UnaryOperator<JWTClaimsSet.Builder> but) {
        assertThat(tokens.bearer(issuer.token(claims -> claims))).isNotNull();
        assertRefused(issuer.token(but));
    }

    @Test
    void aTokenIsItsIssuersSubjectWithItsScopesAndSpaces() {
        var bearer = tokens.bearer(issuer.token(claims -> claims));
        assertThat(bearer.id()).isEqualTo(issuer.url() + " ann");
        assertThat(bearer.name()).isEqualTo("ann");
        assertThat(bearer.may(Scope.READ, new SpaceId("a"))).isTrue();
        assertThat(bearer.may(Scope.READ, new SpaceId("b"))).isFalse();
        assertThat(bearer.may(Scope.WRITE, new SpaceId("a"))).isFalse();
    }

    @Test
    void claimsComeInTheFormsThatIssuersKnow() {
        assertThat(granted("palimpsest:read palimpsest:write", "scp", "a"))
                .isEqualTo("READ,WRITE a");
        assertThat(granted(List.of("palimpsest:admin"), "scp", List.of("a", "b")))
                .isEqualTo("ADMIN a,b");
        assertThat(granted("palimpsest:read", "scope", "*")).isEqualTo("READ *");
        assertThat(granted("palimpsest:read", "scope", List.of("*"))).isEqualTo("READ *");
        assertThat(granted("palimpsest:reader read", "scope", List.of(" not a space ", 7, "a")))
                .isEqualTo(" a");
        assertThat(granted(7, "scope", Map.of("a", true))).isEqualTo(" none");
    }

    private String granted(Object scopes, String claim, Object spaces) {
        var token =
                issuer.token(claims ->
                        claims.claim("scope", null)
                                .claim(claim, scopes)
                                .claim("palimpsest_spaces", spaces));
        if (!(tokens.bearer(token) instanceof Principal.Token bearer)) {
            throw new AssertionError("no token");
        }
        var words = bearer.scopes().stream().sorted().map(Scope::name).toList();
        var reach =
                Set.of("a", "b", "z").stream()
                        .filter(name -> bearer.may(anyOf(bearer), new SpaceId(name)))
                        .sorted()
                        .toList();
        var where = reach.contains("z") ? "*" : String.join(",", reach);
        if (words.isEmpty()) {
            where = bearer.reach().isEmpty() ? "none" : "a";
        }
        return String.join(",", words) + " " + where;
    }

    private static Scope anyOf(Principal.Token bearer) {
        return bearer.scopes().stream().findFirst().orElse(Scope.READ);
    }

    @Test
    void everyAsymmetricAlgorithmIsTaken() throws Exception {
        var edwards = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] encoded = edwards.getPublic().getEncoded();
        var x = Base64URL.encode(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
        var pair = new OctetKeyPair.Builder(Curve.Ed25519, x).keyID("ed").build();
        issuer.keys = List.of(RSA, TestIssuer.curve("first"), pair);
        var claims = issuer.claims().build();
        for (var algorithm : List.of(JWSAlgorithm.RS256, JWSAlgorithm.RS512, JWSAlgorithm.PS256)) {
            assertThat(tokens.bearer(TestIssuer.signed(RSA, algorithm, claims))).isNotNull();
        }
        assertThat(tokens.bearer(TestIssuer.signed(issuer.keys.get(1), claims))).isNotNull();
        var head = new JWSHeader.Builder(JWSAlgorithm.EdDSA).keyID("ed").build().toBase64URL();
        var text = head + "." + Base64URL.encode(claims.toString());
        var signature = Signature.getInstance("Ed25519");
        signature.initSign(edwards.getPrivate());
        signature.update(text.getBytes(UTF_8));
        byte[] signed = signature.sign();
        assertThat(tokens.bearer(text + "." + Base64URL.encode(signed))).isNotNull();
        signed[5] ^= 1;
        assertRefused(text + "." + Base64URL.encode(signed));
    }

    @Test
    void aTokenThatIsNotSignedIsRefused() {
        assertRefused(new PlainJWT(issuer.claims().build()).serialize());
        var right = issuer.token(claims -> claims);
        assertRefused(right.substring(0, right.lastIndexOf('.') + 1));
    }

    @Test
    void aTokenSignedWithThePublicKeyAsASecretIsRefused() throws Exception {
        issuer.keys = List.of(RSA);
        RSAPublicKey known = RSA.toRSAPublicKey();
        for (byte[] secret :
                List.of(known.getEncoded(), RSA.toPublicJWK().toString().getBytes(UTF_8))) {
            var key = new OctetSequenceKey.Builder(secret).keyID("rsa").build();
            assertRefused(TestIssuer.signed(key, JWSAlgorithm.HS256, issuer.claims().build()));
        }
        var shared = new OctetSequenceKey.Builder(new byte[32]).keyID("shared").build();
        issuer.keys = List.of(RSA, shared);
        assertRefused(TestIssuer.signed(shared, JWSAlgorithm.HS256, issuer.claims().build()));
    }

    @Test
    void aKeyThatATokenBringsAlongIsNotTaken() {
        var own = TestIssuer.curve("own");
        for (var id : new String[] {"own", "first"}) {
            var header =
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .keyID(id)
                            .jwk(own.toPublicJWK())
                            .jwkURL(issuer.url().resolve("/keys"))
                            .build();
            assertRefused(TestIssuer.signed(own, header, issuer.claims().build()));
        }
    }

    @Test
    void aShortKeyAndOneForSomethingElseAreNotTaken() {
        var small = TestIssuer.rsa("small", 1024);
        issuer.keys = List.of(small);
        assertRefused(TestIssuer.signed(small, issuer.claims().build()));
        var hidden =
                new RSAKey.Builder(RSA).keyUse(com.nimbusds.jose.jwk.KeyUse.ENCRYPTION).build();
        later = Duration.ofMinutes(1);
        issuer.keys = List.of(hidden);
        assertRefused(TestIssuer.signed(RSA, issuer.claims().build()));
    }

    @Test
    void aTokenForSomethingElseIsRefused() {
        assertRefused(claims -> claims.audience("other"));
        assertRefused(claims -> claims.audience((String) null));
        assertRefused(claims -> claims.issuer(issuer.url() + "/"));
        assertRefused(claims -> claims.issuer("https://evil.example"));
        assertRefused(claims -> claims.subject(null));
        assertRefused(claims -> claims.subject("a\nb"));
        var key = issuer.keys.getFirst();
        for (var header :
                List.of(
                        new JWSHeader.Builder(JWSAlgorithm.ES256)
                                .keyID("first")
                                .type(new JOSEObjectType("logout+jwt")),
                        new JWSHeader.Builder(JWSAlgorithm.ES256)
                                .keyID("first")
                                .criticalParams(Set.of("odd"))
                                .customParam("odd", true))) {
            assertRefused(TestIssuer.signed(key, header.build(), issuer.claims().build()));
        }
    }

    @Test
    void aTokenIsValidWhenItSaysAndAMinuteOfSkew() {
        assertRefused(claims -> claims.expirationTime(null));
        assertRefused(claims -> claims.expirationTime(in(-61)));
        assertRefused(claims -> claims.notBeforeTime(in(75)));
        assertRefused(claims -> claims.issueTime(in(75)));
        assertThat(tokens.bearer(issuer.token(claims -> claims.expirationTime(in(-30)))))
                .isNotNull();
        assertThat(tokens.bearer(issuer.token(claims -> claims.notBeforeTime(in(30))))).isNotNull();
    }

    private static Date in(int seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b.c", "...", "e30.e30.", "pal_x", "\u0000"})
    void whatIsNoTokenIsRefused(String text) {
        assertRefused(text);
    }

    @Test
    void aTokenThatIsTooLongOrChangedIsRefused() {
        assertRefused(claims -> claims.claim("more", "x".repeat(20_000)));
        var right = issuer.token(claims -> claims);
        var parts = right.split("\\.");
        var other = issuer.claims().subject("bob").build().toString();
        assertRefused(parts[0] + "." + Base64URL.encode(other) + "." + parts[2]);
    }

    @Test
    void aNewSigningKeyIsAskedForButNotForEverybodyWhoNamesOne() {
        assertThat(tokens.bearer(issuer.token(claims -> claims))).isNotNull();
        later = Duration.ofSeconds(30);
        issuer.keys = List.of(TestIssuer.curve("second"));
        assertThat(tokens.bearer(issuer.token(claims -> claims))).isNotNull();
        assertThat(issuer.asked).hasValue(2);
        for (int i = 0; i < 100; i++) {
            assertRefused(
                    TestIssuer.signed(TestIssuer.curve("guess" + i), issuer.claims().build()));
        }
        assertThat(issuer.asked).hasValue(2);
    }

    @Test
    void aSigningKeyThatIsWithdrawnIsNotTakenAnyMore() {
        var token = issuer.token(claims -> claims);
        assertThat(tokens.bearer(token)).isNotNull();
        issuer.keys = List.of(TestIssuer.curve("second"));
        later = SigningKeys.FRESH;
        assertRefused(token);
    }

    @Test
    void anIssuerThatCannotBeReachedIsBelievedForAWhileAndThenNothingIsKnown() {
        var token = issuer.token(claims -> claims.expirationTime(in(100_000)));
        assertThat(tokens.bearer(token)).isNotNull();
        issuer.status = 500;
        later = SigningKeys.FRESH;
        assertThat(tokens.bearer(token)).isNotNull();
        assertUnknown(TestIssuer.signed(TestIssuer.curve("new"), issuer.claims().build()));
        later = SigningKeys.LONGEST_UNSEEN;
        assertUnknown(token);
        issuer.status = 200;
        later = later.plus(SigningKeys.BETWEEN_TRIES);
        assertThat(tokens.bearer(token)).isNotNull();
    }

    private void assertUnknown(String token) {
        assertThatThrownBy(() -> tokens.bearer(token))
                .isInstanceOf(StoreException.Unavailable.class)
                .hasMessageContaining(issuer.url() + " cannot be checked now")
                .hasMessageContaining("keys of this server are taken as ever");
    }

    @Test
    void anIssuerThatAnswersNonsenseOrTooMuchIsNotBelieved() {
        var token = issuer.token(claims -> claims);
        var asked = Duration.ZERO;
        for (var nonsense : List.of("<html>", "{}", "[]", " ".repeat(2 << 20), "{\"keys\": 7}")) {
            asked = asked.plus(SigningKeys.BETWEEN_TRIES);
            later = asked;
            issuer.instead = Optional.of(nonsense);
            assertUnknown(token);
        }
        issuer.instead = Optional.empty();
        issuer.named = "https://evil.example";
        later = asked.plus(SigningKeys.BETWEEN_TRIES);
        assertUnknown(token);
    }

    @Test
    void anIssuerThatDribblesIsNotWaitedForLong() {
        var token = issuer.token(claims -> claims);
        issuer.slow = Duration.ofSeconds(20);
        long begin = System.nanoTime();
        assertUnknown(token);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void keysMayBeNamedWithoutDiscovery() {
        var named =
                new Issuer(
                        issuer.url(),
                        TestIssuer.AUDIENCE,
                        Optional.of(issuer.url().resolve("/keys")));
        issuer.named = "nobody";
        try (var direct = new OidcTokens(named, this::now)) {
            assertThat(direct.bearer(issuer.token(claims -> claims)).name()).isEqualTo("ann");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://login.example.org",
                "ftp://x.example",
                "login",
                "http://127.0.0.1.nip.io"
            })
    void anIssuerIsReachedOverTls(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Issuer(URI.create(url), "a", Optional.empty()))
                .withMessageContaining("https");
    }
}
