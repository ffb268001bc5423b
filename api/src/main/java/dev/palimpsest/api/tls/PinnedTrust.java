package dev.palimpsest.api.tls;

import dev.palimpsest.api.Failure;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// Trusts the very certificates in a file, read anew for each connection, and no other. Whoever
/// shows one of them has its key, so neither its names nor who vouches for it are looked at: a
/// server is talked to as 127.0.0.1 whatever it is called outside.
public final class PinnedTrust extends X509ExtendedTrustManager {

    private final Path file;

    private PinnedTrust(Path file) {
        this.file = file;
    }

    /// For a client that trusts what is in `file`.
    public static SSLContext context(Path file) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new PinnedTrust(file)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS is always there", e);
        }
    }

    private void requirePinned(X509Certificate[] chain) throws CertificateException {
        try {
            if (!PemFile.certificates(file).contains(chain[0])) {
                throw new CertificateException(
                        "it shows another certificate than the server of this data folder, which is"
                                + " in "
                                + file);
            }
        } catch (Failure e) {
            throw new CertificateException(e.line(), e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        requirePinned(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        requirePinned(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        requirePinned(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        throw refused();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        throw refused();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        throw refused();
    }

    private static CertificateException refused() {
        return new CertificateException("this is for clients, which trust a server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
