package dev.palimpsest.api.tls;

import dev.palimpsest.api.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// What a file in PEM holds.
final class PemFile {

    private static final int LARGEST = 1 << 20;

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN ([A-Z ]*)PRIVATE KEY-----([A-Za-z0-9+/=\\s]*)-----END ");

    private static final Base64.Encoder LINES =
            Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    private PemFile() {}

    /// Its certificates, in order.
    ///
    /// @throws Failure if it cannot be read, or holds none
    static List<X509Certificate> certificates(Path file) {
        try {
            var found =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(bytes(file)));
            if (found.isEmpty()) {
                throw noCertificate(file);
            }
            return found.stream().map(X509Certificate.class::cast).toList();
        } catch (CertificateException e) {
            throw Failure.untried(noCertificate(file).line(), e);
        }
    }

    private static Failure noCertificate(Path file) {
        return Failure.untried(file + " holds no certificate in PEM (-----BEGIN CERTIFICATE-----)");
    }

    /// The private key in it.
    ///
    /// @param algorithm of the public key that it is to fit
    /// @throws Failure if it cannot be read, holds none, or one that is for something else
    static PrivateKey key(Path file, String algorithm) {
        var found = KEY.matcher(new String(bytes(file), StandardCharsets.ISO_8859_1));
        if (!found.find()) {
            throw Failure.untried(
                    file + " holds no private key in PEM (-----BEGIN PRIVATE KEY-----)");
        }
        if (!found.group(1).isEmpty()) {
            throw Failure.untried(
                    file
                            + " holds a key as "
                            + found.group(1).strip()
                            + " PRIVATE KEY; make it a plain one with: openssl pkcs8 -topk8 -nodes"
                            + " -in "
                            + file
                            + " -out key.pem");
        }
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(found.group(2));
            return KeyFactory.getInstance(algorithm)
                    .generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw Failure.untried(
                    file + " holds no " + algorithm + " key, and the certificate is of one", e);
        }
    }

    /// A certificate, to be read by [#certificates].
    static String text(X509Certificate certificate) {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + LINES.encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        }
    }

    private static byte[] bytes(Path file) {
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw Failure.untried(file + " is larger than 1 MiB: it is no PEM file");
            }
            return bytes;
        } catch (IOException e) {
            throw Failure.untried("cannot read a PEM file: " + Failure.reason(e), e);
        }
    }
}
