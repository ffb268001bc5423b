package dev.palimpsest.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.api.log.LogFormat;
import dev.palimpsest.api.oidc.Issuer;
import dev.palimpsest.api.tls.TlsFiles;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    @Test
    void takesAFlagBeforeTheEnvironment() {
        var flags = new Settings.Flags();
        flags.data = Path.of("/of/the/flag");
        assertThat(of(flags, Map.of(Settings.DATA, "/of/the/environment")).data())
                .isEqualTo(Path.of("/of/the/flag"));
        assertThat(of(new Settings.Flags(), Map.of(Settings.DATA, "/of/the/environment")).data())
                .isEqualTo(Path.of("/of/the/environment"));
    }

    @Test
    void runsItsOwnPostgresUnlessOneIsNamed() {
        assertThat(of(new Settings.Flags(), Map.of()).postgres()).isEmpty();
        var named =
                of(
                        new Settings.Flags(),
                        Map.of(
                                Settings.POSTGRES_URL, "jdbc:postgresql://db/facts",
                                Settings.POSTGRES_PASSWORD, "se&cret"));
        var postgres = named.postgres().orElseThrow();
        assertThat(postgres.jdbcUrl()).isEqualTo("jdbc:postgresql://db/facts?password=se%26cret");
        assertThat(postgres).hasToString("jdbc:postgresql://db/facts");
    }

    @Test
    void asksNoRerankerUnlessOneIsNamed() {
        assertThat(of(new Settings.Flags(), Map.of()).reranker()).isEmpty();
        var named =
                of(
                        new Settings.Flags(),
                        Map.of(
                                Settings.RERANK_URL, "https://other.example/v1/rerank",
                                Settings.RERANK_KEY, "se-cret"));
        var address = named.reranker().orElseThrow();
        assertThat(address.key()).contains("se-cret");
        assertThat(address).hasToString("https://other.example/v1/rerank");
        assertThatThrownBy(
                        () -> of(new Settings.Flags(), Map.of(Settings.RERANK_URL, "no address")))
                .hasMessageContaining("--rerank-url");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "localhost", "127.8.9.10"})
    void servesThisMachine(String host) {
        assertThat(Settings.of(new Settings.Flags(), Map.of(), host, 0).host()).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void servesNobodyElseWhileKeysWouldTravelInTheClear(String host) {
        assertThatThrownBy(() -> Settings.of(new Settings.Flags(), Map.of(), host, 7400))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(2))
                .hasMessageContaining("--host " + host + " is refused")
                .hasMessageContaining("--tls-certificate")
                .hasMessageContaining("--behind-proxy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void servesOthersBehindAProxyOrOverTlsAndAsksThemForKeys(String host) {
        var names = Set.of("store.example.org");
        var files = new TlsFiles(Path.of("c.pem"), Path.of("k.pem"));
        var proxied =
                new Entry(
                        false,
                        true,
                        names,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        OptionalInt.empty());
        var encrypted =
                new Entry(
                        false,
                        false,
                        names,
                        false,
                        Optional.of(files),
                        Optional.empty(),
                        OptionalInt.empty());
        for (var entry : List.of(proxied, encrypted)) {
            var settings = Settings.of(new Settings.Flags(), Map.of(), host, 7400, entry);
            assertThat(settings.entry()).isEqualTo(entry.requiringKeys());
            assertThat(settings.entry().requireKeys()).isTrue();
        }
    }

    @Test
    void takesItsCertificateFromTheEnvironmentWhereNoFlagSays() {
        var environment =
                Map.of(Entry.TLS_CERTIFICATE, "/of/it/c.pem", Entry.TLS_KEY, "/of/it/k.pem");
        assertThat(Entry.of(new Entry.Flags(), environment).tls())
                .contains(new TlsFiles(Path.of("/of/it/c.pem"), Path.of("/of/it/k.pem")));
        var flags = new Entry.Flags();
        flags.tlsCertificate = Path.of("c.pem");
        assertThat(Entry.of(flags, environment).tls())
                .contains(new TlsFiles(Path.of("c.pem"), Path.of("/of/it/k.pem")));
        assertThatThrownBy(() -> Entry.of(flags, Map.of())).hasMessageContaining("go together");
    }

    @Test
    void takesTokensOfTheIssuerThatIsNamedAndThenAsksEverybody() {
        var environment =
                Map.of(
                        Entry.OIDC_ISSUER, "https://login.example.org/",
                        Entry.OIDC_AUDIENCE, "store");
        var entry = Entry.of(new Entry.Flags(), environment);
        assertThat(entry.requireKeys()).isTrue();
        assertThat(entry.issuer())
                .contains(
                        new Issuer(
                                URI.create("https://login.example.org/"),
                                "store",
                                Optional.empty()));
        for (var wrong :
                List.of(
                        Map.of(Entry.OIDC_ISSUER, "https://login.example.org"),
                        Map.of(Entry.OIDC_AUDIENCE, "store"),
                        Map.of(Entry.OIDC_JWKS, "https://login.example.org/keys"),
                        Map.of(
                                Entry.OIDC_ISSUER,
                                "http://login.example.org",
                                Entry.OIDC_AUDIENCE,
                                "store"),
                        Map.of(Entry.OIDC_ISSUER, "no address", Entry.OIDC_AUDIENCE, "store"))) {
            assertThatThrownBy(() -> Entry.of(new Entry.Flags(), wrong))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("--oidc-issuer");
        }
    }

    @Test
    void letsEachKeyAskAsOftenAsIsSaid() {
        assertThat(Entry.of(new Entry.Flags(), Map.of()).requestsPerMinute()).isEmpty();
        assertThat(entry(Map.of(Entry.REQUESTS_PER_MINUTE, "600")).requestsPerMinute())
                .hasValue(600);
        for (var wrong : List.of("0", "-1", "1000001", "many")) {
            assertThatThrownBy(() -> entry(Map.of(Entry.REQUESTS_PER_MINUTE, wrong)))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("between 1 and 1000000: " + wrong);
        }
    }

    @Test
    void asksForKeysOnLoopbackIfTheEnvironmentSaysSo() {
        for (var word : List.of("true", "1", "YES")) {
            assertThat(entry(Map.of(Entry.REQUIRE_KEYS, word)).requireKeys()).isTrue();
        }
        for (var word : List.of("false", "0", " ")) {
            assertThat(entry(Map.of(Entry.REQUIRE_KEYS, word)).requireKeys()).isFalse();
        }
        assertThatThrownBy(() -> entry(Map.of(Entry.REQUIRE_KEYS, "maybe")))
                .hasMessageContaining(Entry.REQUIRE_KEYS);
        assertThat(of(new Settings.Flags(), Map.of(Entry.REQUIRE_KEYS, "true")).entry())
                .as("a store that a command opens for itself")
                .isEqualTo(Entry.LOCAL);
    }

    @Test
    void printsNoKey() {
        var settings = of(new Settings.Flags(), Map.of(Settings.KEY, "pal_x_secret"));
        assertThat(settings.key().orElseThrow().text()).isEqualTo("pal_x_secret");
        assertThat(settings.toString()).doesNotContain("secret");
    }

    private static Entry entry(Map<String, String> environment) {
        return Entry.of(new Entry.Flags(), environment);
    }

    @Test
    void refusesAPortThatIsNone() {
        assertThatThrownBy(() -> Settings.of(new Settings.Flags(), Map.of(), "127.0.0.1", 70_000))
                .hasMessageContaining("--port");
    }

    private static Settings of(Settings.Flags flags, Map<String, String> environment) {
        return Settings.of(flags, environment, "127.0.0.1", 0);
    }

    @Test
    void logsAreTextUnlessTheFlagOrElseTheEnvironmentSaysJson() {
        var json = Map.of("PALIMPSEST_LOG_FORMAT", "json");
        assertThat(Settings.logFormat(null, Map.of())).isEqualTo(LogFormat.TEXT);
        assertThat(Settings.logFormat(null, json)).isEqualTo(LogFormat.JSON);
        assertThat(Settings.logFormat("text", json)).isEqualTo(LogFormat.TEXT);
        assertThatThrownBy(() -> Settings.logFormat("xml", Map.of()))
                .hasMessage("--log-format must be text or json: xml");
    }
}
