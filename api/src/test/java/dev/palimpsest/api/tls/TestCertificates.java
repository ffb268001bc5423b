package dev.palimpsest.api.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Certificates that vouch for themselves, made by the JDK's keytool.
public final class TestCertificates {

    private static final String PASSWORD = "secret";

    private TestCertificates() {}

    /// One of an elliptic curve that is valid for ten days from now on.
    public static TlsFiles make(Path folder, String host) {
        return make(folder, host, "-keyalg", "EC", "-groupname", "secp256r1");
    }

    /// @param host its name, which it vouches for beside 127.0.0.1
    /// @param more arguments of keytool
    public static TlsFiles make(Path folder, String host, String... more) {
        var store = folder.resolve(host + ".p12");
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-genkeypair", "-alias", "one", "-dname", "CN=" + host));
        command.addAll(List.of("-ext", "SAN=dns:" + host + ",ip:127.0.0.1", "-validity", "10"));
        command.addAll(List.of("-storepass", PASSWORD, "-keystore", store.toString()));
        command.addAll(List.of(more));
        try {
            var keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
            var said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(keytool.waitFor()).as(said).isZero();
            return files(store, folder, host);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TlsFiles files(Path store, Path folder, String host)
            throws IOException, GeneralSecurityException {
        var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        byte[] certificate = keys.getCertificate("one").getEncoded();
        byte[] key = keys.getKey("one", PASSWORD.toCharArray()).getEncoded();
        return new TlsFiles(
                write(folder.resolve(host + ".pem"), "CERTIFICATE", certificate),
                write(folder.resolve(host + "-key.pem"), "PRIVATE KEY", key));
    }

    static Path write(Path file, String kind, byte[] bytes) throws IOException {
        var lines = Base64.getMimeEncoder().encodeToString(bytes);
        return Files.writeString(
                file, "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n");
    }
}
