package dev.palimpsest.api.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/// A small issuer of tokens, over HTTP.
public final class TestIssuer implements AutoCloseable {

    public static final String AUDIENCE = "palimpsest";

    private final HttpServer server;
    final AtomicInteger asked = new AtomicInteger();
    volatile List<JWK> keys;
    volatile String named;
    volatile Optional<String> instead = Optional.empty();
    volatile Duration slow = Duration.ZERO;
    volatile int status = 200;

    public TestIssuer() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        named = url().toString();
        keys = List.of(curve("first"));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/.well-known/openid-configuration",
                exchange ->
                        answer(
                                exchange,
                                "{\"issuer\": \""
                                        + named
                                        + "\", \"jwks_uri\": \""
                                        + url()
                                        + "/keys\"}"));
        server.createContext(
                "/keys",
                exchange -> {
                    asked.incrementAndGet();
                    answer(exchange, instead.orElseGet(() -> new JWKSet(keys).toString()));
                });
        server.start();
    }

    private void answer(HttpExchange exchange, String text) throws IOException {
        try (exchange) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            Thread.sleep(slow);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public Issuer issuer() {
        return new Issuer(url(), AUDIENCE, Optional.empty());
    }

    static ECKey curve(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static RSAKey rsa(String id, int bits) {
        try {
            return new RSAKeyGenerator(bits, true).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A right token for those scopes and spaces, by words.
    public String token(String scopes, Object spaces) {
        return token(claims -> claims.claim("scope", scopes).claim("palimpsest_spaces", spaces));
    }

    /// A right token but for that.
    public String token(UnaryOperator<JWTClaimsSet.Builder> but) {
        return signed(keys.getFirst(), but.apply(claims()).build());
    }

    JWTClaimsSet.Builder claims() {
        var now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(url().toString())
                .audience(AUDIENCE)
                .subject("ann")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(600)))
                .claim("scope", "openid palimpsest:read")
                .claim("palimpsest_spaces", List.of("a"));
    }

    static String signed(JWK key, JWTClaimsSet claims) {
        return signed(key, key instanceof RSAKey ? JWSAlgorithm.RS256 : JWSAlgorithm.ES256, claims);
    }

    static String signed(JWK key, JWSAlgorithm algorithm, JWTClaimsSet claims) {
        return signed(
                key,
                new JWSHeader.Builder(algorithm)
                        .keyID(key.getKeyID())
                        .type(JOSEObjectType.JWT)
                        .build(),
                claims);
    }

    static String signed(JWK key, JWSHeader header, JWTClaimsSet claims) {
        try {
            var token = new SignedJWT(header, claims);
            token.sign(
                    switch (key) {
                        case RSAKey rsa ->
                                new RSASSASigner(rsa, Set.of(AllowWeakRSAKey.getInstance()));
                        case ECKey curve -> new ECDSASigner(curve);
                        default -> new MACSigner(key.toOctetSequenceKey());
                    });
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /// From now on nobody reaches it.
    public void fallSilent() {
        server.stop(0);
    }

    @Override
    public void close() {
        fallSilent();
    }
}
