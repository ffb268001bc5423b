package dev.palimpsest.api.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.api.Entry;
import dev.palimpsest.api.Server;
import dev.palimpsest.api.Session;
import dev.palimpsest.api.Settings;
import dev.palimpsest.api.client.Client;
import dev.palimpsest.api.client.ProblemException;
import dev.palimpsest.api.tls.PinnedTrust;
import dev.palimpsest.api.tls.TestCertificates;
import dev.palimpsest.api.tls.TlsFiles;
import dev.palimpsest.relational.TestDatabases;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that does TLS, and who talks to it.
class TlsTest {

    private static final Duration LONGEST_TAKING_UP = Duration.ofSeconds(20);

    @TempDir private static Path folder;

    private static Path data;
    private static TlsFiles shown;
    private static Server server;

    @BeforeAll
    static void open() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        shown = TestCertificates.make(folder, "store.example.org");
        server = Server.start(settings(Optional.of(shown)), "serve");
        assertThat(server.awaitReady()).isTrue();
    }

    @AfterAll
    static void close() {
        server.close();
        assertThat(data.resolve("certificate.pem")).doesNotExist();
    }

    private static Settings settings(Optional<TlsFiles> tls) {
        var postgres =
                new Settings.Postgres(TestDatabases.freshUrl(), Optional.empty(), Optional.empty());
        return new Settings(
                data,
                "127.0.0.1",
                0,
                Optional.of(postgres),
                Optional.empty(),
                new Entry(
                        false, false, Set.of(), false, tls, Optional.empty(), OptionalInt.empty()),
                Optional.empty());
    }

    private static SSLSocket connect() throws IOException {
        return (SSLSocket)
                PinnedTrust.context(data.resolve("certificate.pem"))
                        .getSocketFactory()
                        .createSocket("127.0.0.1", server.url().getPort());
    }

    private static Certificate certificate() throws IOException {
        try (var socket = connect()) {
            socket.startHandshake();
            return socket.getSession().getPeerCertificates()[0];
        }
    }

    private static String status(String host) throws IOException {
        try (var socket = connect()) {
            socket.getOutputStream()
                    .write(
                            ("GET /health/live HTTP/1.1\r\nHost: "
                                            + host
                                            + "\r\nConnection: close\r\n\r\n")
                                    .getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8).substring(9, 12);
        }
    }

    @Test
    void commandsTrustTheServerOfTheirFolder() {
        assertThat(server.url().getScheme()).isEqualTo("https");
        try (var session = Session.open(settings(Optional.empty()), "ask")) {
            assertThat(session.isOwn()).isFalse();
            assertThat(session.client().http().get("/health/live").path("live").asBoolean())
                    .isTrue();
        }
        var typed = Typed.run("keys", "list", "--data", data.toString());
        assertThat(typed.exitCode()).as(typed.error()).isZero();
    }

    @Test
    void anAgentOnStandardInputReachesIt() throws IOException {
        var out = new ByteArrayOutputStream();
        var begin =
                """
                {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}}
                """;
        try (var session = Session.open(settings(Optional.empty()), "mcp")) {
            new McpRelay(session.client(), "/mcp", new PrintStream(out, true, UTF_8))
                    .run(new ByteArrayInputStream(begin.getBytes(UTF_8)));
        }
        assertThat(out.toString(UTF_8)).contains("\"serverInfo\"");
    }

    @Test
    void nobodyIsTrustedBlindly() {
        try (var stranger = new Client(server.url())) {
            assertThatThrownBy(() -> stranger.http().get("/health/live"))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("SSLHandshakeException");
        }
        var other = TestCertificates.make(folder, "other.example.org");
        try (var misled = Client.overTls(server.url(), Optional.empty(), other.certificate())) {
            assertThatThrownBy(() -> misled.http().get("/health/live"))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("another certificate");
        }
    }

    @Test
    void nothingIsAnsweredInTheClear() throws IOException {
        var clear = URI.create("http://127.0.0.1:" + server.url().getPort());
        try (var client = new Client(clear)) {
            assertThatThrownBy(() -> client.http().get("/health/live"))
                    .isInstanceOf(ProblemException.class);
        }
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), clear.getPort())) {
            socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(UTF_8));
            var answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertThat(answer).doesNotContain("HTTP/1");
        }
    }

    @Test
    void theServerAnswersToTheNamesOfItsCertificateAndToNoOther() throws IOException {
        assertThat(status("store.example.org")).isEqualTo("200");
        assertThat(status("127.0.0.1:1")).isEqualTo("200");
        assertThat(status("evil.example")).isEqualTo("421");
    }

    @Test
    void aCertificateThatIsRenewedIsTakenUpAndOneThatCannotBeIsNot() throws Exception {
        var before = certificate();
        try (var session = Session.open(settings(Optional.empty()), "ask")) {
            session.client().http().get("/health/live");
            var renewed = TestCertificates.make(folder, "renewed.example.org");
            replace(renewed.certificate(), shown.certificate());
            Thread.sleep(Duration.ofSeconds(3)); // the key does not fit yet
            assertThat(certificate()).isEqualTo(before);
            replace(renewed.key(), shown.key());
            long deadline = System.nanoTime() + LONGEST_TAKING_UP.toNanos();
            while (certificate().equals(before)) {
                assertThat(System.nanoTime()).as("it is taken up").isLessThan(deadline);
                Thread.sleep(100);
            }
            session.client().http().get("/health/live");
            assertThat(status("store.example.org")).isEqualTo("200");
        }
    }

    private static void replace(Path by, Path what) throws IOException {
        var beside = Files.copy(by, what.resolveSibling("new.pem"));
        Files.move(beside, what, StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        var settings = settings(Optional.of(shown));
        var taken =
                new Settings(
                        folder.resolve("other"),
                        "127.0.0.1",
                        server.url().getPort(),
                        settings.postgres(),
                        Optional.empty(),
                        settings.entry(),
                        Optional.empty());
        assertThatThrownBy(() -> Server.start(taken, "serve")).hasMessageContaining("is taken");
    }

    @Test
    void aCertificateThatCannotBeShownIsSaidBeforeAnythingIsMade() {
        var nowhere = folder.resolve("nowhere");
        var typed =
                Typed.run(
                        "serve",
                        "--port",
                        "0",
                        "--data",
                        nowhere.toString(),
                        "--tls-certificate",
                        folder.resolve("none.pem").toString(),
                        "--tls-key",
                        shown.key().toString());
        assertThat(typed.exitCode()).isEqualTo(2);
        assertThat(typed.error().lines()).singleElement().asString().contains("none.pem");
        assertThat(nowhere).doesNotExist();
        typed = Typed.run("serve", "--tls-key", "k.pem", "--data", nowhere.toString());
        assertThat(typed.error()).contains("--tls-certificate and --tls-key go together");
    }
}
