package dev.palimpsest.api.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.api.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a certificate and its key must be like.
class ServerTlsTest {

    @TempDir private static Path folder;

    private static TlsFiles curve;
    private static TlsFiles rsa;

    @BeforeAll
    static void make() {
        curve = TestCertificates.make(folder, "curve.example.org");
        rsa =
                TestCertificates.make(
                        folder, "rsa.example.org", "-keyalg", "RSA", "-keysize", "2048");
    }

    private static void assertRefused(Path certificate, Path key, String... words) {
        assertThatThrownBy(
                        () -> ServerTls.of(new TlsFiles(certificate, key), InstantSource.system()))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> {
                            assertThat(failure.exitCode()).isEqualTo(Failure.UNTRIED);
                            assertThat(failure.line()).contains(words).doesNotContain("\n");
                        });
    }

    private static Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void onlyNewVersionsOfTlsAreSpoken() throws Exception {
        var factory = ServerTls.of(curve, InstantSource.system()).factory();
        factory.start();
        assertThat(factory.newSSLEngine().getEnabledProtocols())
                .containsExactlyInAnyOrder("TLSv1.3", "TLSv1.2");
        factory.stop();
    }

    @Test
    void theNamesOfTheCertificateAreKnownByWhateverKindOfKey() {
        assertThat(ServerTls.of(curve, InstantSource.system()).names())
                .containsExactlyInAnyOrder("curve.example.org", "127.0.0.1");
        assertThat(ServerTls.of(rsa, InstantSource.system()).names()).contains("rsa.example.org");
        var edwards = TestCertificates.make(folder, "ed.example.org", "-keyalg", "Ed25519");
        assertThat(ServerTls.of(edwards, InstantSource.system()).names())
                .contains("ed.example.org");
    }

    @Test
    void aFileThatCannotBeReadIsNamed() {
        assertRefused(folder.resolve("none.pem"), curve.key(), "none.pem is not there");
        assertRefused(curve.certificate(), folder.resolve("none.pem"), "none.pem is not there");
    }

    @Test
    void aFileOfSomethingElseIsNamed() throws IOException {
        var letter = file("letter.txt", "dear");
        assertRefused(letter, curve.key(), "letter.txt holds no certificate in PEM");
        assertRefused(curve.key(), curve.key(), "holds no certificate in PEM");
        assertRefused(curve.certificate(), letter, "letter.txt holds no private key in PEM");
        var broken = file("broken.pem", Files.readString(curve.certificate()).substring(0, 200));
        assertRefused(broken, curve.key(), "broken.pem holds no certificate in PEM");
        var large = file("large.pem", "x".repeat((1 << 20) + 1));
        assertRefused(large, curve.key(), "large.pem is larger than 1 MiB");
    }

    @Test
    void aKeyThatDoesNotFitIsRefused() throws IOException {
        assertRefused(curve.certificate(), rsa.key(), "holds no EC key");
        var other = TestCertificates.make(folder, "other.example.org");
        assertRefused(curve.certificate(), other.key(), "does not fit the certificate");
        var mixed =
                file(
                        "mixed.pem",
                        Files.readString(curve.certificate())
                                + Files.readString(rsa.certificate()));
        assertRefused(mixed, curve.key(), "must stand in order");
    }

    @Test
    void aKeyInAnotherFormIsToldHowItIsMadePlain() throws IOException {
        for (var form : new String[] {"EC ", "RSA ", "ENCRYPTED "}) {
            var text = Files.readString(curve.key()).replace("PRIVATE", form + "PRIVATE");
            assertRefused(
                    curve.certificate(),
                    file("form.pem", text),
                    form + "PRIVATE KEY",
                    "openssl pkcs8 -topk8 -nodes");
        }
    }

    @Test
    void aCertificateThatIsNotValidNowIsRefused() {
        var later = Instant.now().plus(Duration.ofDays(11));
        assertThatThrownBy(() -> ServerTls.of(curve, () -> later))
                .hasMessageContaining("expired at")
                .hasMessageContaining("renew it");
        var before = Instant.now().minus(Duration.ofDays(1));
        assertThatThrownBy(() -> ServerTls.of(curve, () -> before))
                .hasMessageContaining("is valid from");
    }
}
