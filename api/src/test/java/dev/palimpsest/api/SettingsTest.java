package dev.palimpsest.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
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
    void servesNobodyElse(String host) {
        assertThatThrownBy(() -> Settings.of(new Settings.Flags(), Map.of(), host, 7400))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(2))
                .hasMessageContaining("--host " + host + " is refused");
    }

    @Test
    void refusesAPortThatIsNone() {
        assertThatThrownBy(() -> Settings.of(new Settings.Flags(), Map.of(), "127.0.0.1", 70_000))
                .hasMessageContaining("--port");
    }

    private static Settings of(Settings.Flags flags, Map<String, String> environment) {
        return Settings.of(flags, environment, "127.0.0.1", 0);
    }
}
