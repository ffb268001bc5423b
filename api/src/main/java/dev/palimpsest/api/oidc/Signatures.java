package dev.palimpsest.api.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;

/// Which signatures are taken, and with which kind of key: what a token says of its algorithm
/// chooses among these, and no secret that both sides know is among them.
final class Signatures {

    private static final Set<JWSAlgorithm> RSA =
            Set.of(
                    JWSAlgorithm.RS256,
                    JWSAlgorithm.RS384,
                    JWSAlgorithm.RS512,
                    JWSAlgorithm.PS256,
                    JWSAlgorithm.PS384,
                    JWSAlgorithm.PS512);

    private static final Set<JWSAlgorithm> CURVE =
            Set.of(JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512);

    private static final Set<JWSAlgorithm> EDWARDS =
            Set.of(JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519);

    private static final int SHORTEST_RSA = 2_048;

    /// What stands before the 32 bytes of an Ed25519 key in X.509.
    private static final byte[] BEFORE_ED25519 =
            HexFormat.of().parseHex("302a300506032b6570032100");

    private Signatures() {}

    static boolean isTaken(JWSAlgorithm algorithm) {
        return RSA.contains(algorithm) || CURVE.contains(algorithm) || EDWARDS.contains(algorithm);
    }

    /// Whether `key` may sign with that algorithm.
    static boolean fits(JWK key, JWSAlgorithm algorithm) {
        boolean isOfThatKind =
                switch (key) {
                    case RSAKey rsa -> RSA.contains(algorithm) && rsa.size() >= SHORTEST_RSA;
                    case ECKey curve ->
                            CURVE.contains(algorithm)
                                    && Curve.forJWSAlgorithm(algorithm).contains(curve.getCurve());
                    case OctetKeyPair edwards ->
                            EDWARDS.contains(algorithm) && edwards.getCurve().equals(Curve.Ed25519);
                    default -> false;
                };
        boolean isToSign = key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE);
        boolean isForThat = key.getAlgorithm() == null || key.getAlgorithm().equals(algorithm);
        return isOfThatKind && isToSign && isForThat;
    }

    /// Whether that key made the token's signature; it must fit.
    static boolean isBy(JWK key, SignedJWT token) {
        try {
            return switch (key) {
                case RSAKey rsa -> token.verify(new RSASSAVerifier(rsa.toRSAPublicKey()));
                case ECKey curve -> token.verify(new ECDSAVerifier(curve.toECPublicKey()));
                case OctetKeyPair edwards -> isByEdwards(edwards, token);
                default -> false;
            };
        } catch (JOSEException | GeneralSecurityException e) {
            return false;
        }
    }

    /// The JDK does it, without a library of its own.
    private static boolean isByEdwards(OctetKeyPair key, SignedJWT token)
            throws GeneralSecurityException {
        byte[] point = key.getDecodedX();
        byte[] encoded = Arrays.copyOf(BEFORE_ED25519, BEFORE_ED25519.length + point.length);
        System.arraycopy(point, 0, encoded, BEFORE_ED25519.length, point.length);
        var signature = Signature.getInstance("Ed25519");
        signature.initVerify(
                KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
        signature.update(token.getSigningInput());
        return signature.verify(token.getSignature().decode());
    }
}
