package dev.palimpsest.api.tls;

import dev.palimpsest.api.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A certificate that is valid now, with those that vouch for it, and the key that fits it.
///
/// @param chain the server's own first
record Identity(List<X509Certificate> chain, PrivateKey key) {

    /// Guards what never leaves the memory.
    private static final char[] PASSWORD = "unsaved".toCharArray();

    private static final int DNS = 2;
    private static final int ADDRESS = 7;

    /// @throws Failure that says in one line what is wrong with the files
    static Identity read(TlsFiles files, Instant now) {
        var chain = PemFile.certificates(files.certificate());
        var own = chain.getFirst();
        if (own.getNotAfter().toInstant().isBefore(now)) {
            throw Failure.untried(
                    "the certificate in "
                            + files.certificate()
                            + " expired at "
                            + own.getNotAfter().toInstant()
                            + "; renew it");
        }
        if (own.getNotBefore().toInstant().isAfter(now)) {
            throw Failure.untried(
                    "the certificate in "
                            + files.certificate()
                            + " is valid from "
                            + own.getNotBefore().toInstant()
                            + " on only; is the clock right?");
        }
        var key = PemFile.key(files.key(), own.getPublicKey().getAlgorithm());
        if (!fit(key, own.getPublicKey())) {
            throw Failure.untried(
                    "the key in "
                            + files.key()
                            + " does not fit the certificate in "
                            + files.certificate()
                            + ", whose first must be the server's own");
        }
        var identity = new Identity(chain, key);
        try {
            identity.keyStore();
        } catch (IllegalStateException e) {
            throw Failure.untried(
                    "the certificates in "
                            + files.certificate()
                            + " must stand in order: the server's own, then each that vouches for"
                            + " the one before",
                    e);
        }
        return identity;
    }

    private static boolean fit(PrivateKey key, PublicKey certified) {
        byte[] something = "palimpsest".getBytes(StandardCharsets.US_ASCII);
        try {
            var signature = Signature.getInstance(algorithm(certified));
            signature.initSign(key);
            signature.update(something);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(something);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String algorithm(PublicKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
    }

    X509Certificate own() {
        return chain.getFirst();
    }

    /// The names it vouches for, as a `Host` header has them; patterns are left out.
    Set<String> names() {
        var names = new TreeSet<String>();
        for (var name : alternatives()) {
            if (name.get(0).equals(DNS) || name.get(0).equals(ADDRESS)) {
                var text = String.valueOf(name.get(1)).toLowerCase(Locale.ROOT);
                names.add(text.contains(":") ? "[" + text + "]" : text);
            }
        }
        names.removeIf(name -> name.startsWith("*"));
        return names;
    }

    private List<List<?>> alternatives() {
        try {
            return Optional.ofNullable(own().getSubjectAlternativeNames())
                    .map(List::copyOf)
                    .orElse(List.of());
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    KeyStore keyStore() {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", key, PASSWORD, chain.toArray(X509Certificate[]::new));
            return store;
        } catch (KeyStoreException e) {
            throw new IllegalStateException("the certificates are no chain", e);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("PKCS12 is always there", e);
        }
    }

    static String password() {
        return new String(PASSWORD);
    }

    boolean isSameAs(Identity other) {
        return Objects.equals(chain, other.chain) && key.equals(other.key);
    }
}
