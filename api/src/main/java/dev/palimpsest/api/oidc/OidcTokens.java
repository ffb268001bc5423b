package dev.palimpsest.api.oidc;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.palimpsest.api.access.BearerTokens;
import dev.palimpsest.api.access.Principal;
import dev.palimpsest.api.access.Refused;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Takes the tokens of one issuer: signed by one of its keys with an algorithm that is taken here,
/// for this audience, and valid now. Whatever is wrong with one, its bearer is told the same.
public final class OidcTokens implements BearerTokens, AutoCloseable {

    private static final int LONGEST_TOKEN = 16 * 1024;
    private static final int LONGEST_SUBJECT = 255;
    private static final int MOST_CANDIDATES = 10;

    /// By how much clocks may differ.
    static final Duration SKEW = Duration.ofSeconds(60);

    private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");

    private final Issuer issuer;
    private final InstantSource clock;
    private final SigningKeys keys;

    public OidcTokens(Issuer issuer, InstantSource clock) {
        this.issuer = issuer;
        this.clock = clock;
        this.keys = new SigningKeys(issuer, clock);
    }

    @Override
    public Principal bearer(String token) {
        if (token.length() > LONGEST_TOKEN) {
            throw Refused.unknown();
        }
        try {
            var signed = SignedJWT.parse(token);
            requireTaken(signed.getHeader());
            var claims = signed.getJWTClaimsSet();
            requireMeant(claims);
            requireSigned(signed);
            return new Principal.Token(
                    issuer.url().toString(),
                    subject(claims),
                    Claims.scopes(claims),
                    Claims.reach(claims));
        } catch (ParseException e) {
            throw Refused.unknown();
        }
    }

    private static void requireTaken(JWSHeader header) {
        var type = header.getType();
        boolean isTaken =
                Signatures.isTaken(header.getAlgorithm())
                        && header.getCriticalParams() == null
                        && header.isBase64URLEncodePayload()
                        && (type == null
                                || TYPES.contains(type.toString().toLowerCase(Locale.ROOT)));
        if (!isTaken) {
            throw Refused.unknown();
        }
    }

    private void requireMeant(JWTClaimsSet claims) {
        var now = clock.instant();
        boolean isMeant =
                issuer.url().toString().equals(claims.getIssuer())
                        && claims.getAudience().contains(issuer.audience())
                        && claims.getExpirationTime() != null
                        && now.minus(SKEW).isBefore(claims.getExpirationTime().toInstant())
                        && hasBegun(claims.getNotBeforeTime())
                        && hasBegun(claims.getIssueTime());
        if (!isMeant) {
            throw Refused.unknown();
        }
    }

    private boolean hasBegun(@Nullable Date from) {
        return from == null || !clock.instant().plus(SKEW).isBefore(from.toInstant());
    }

    /// The keys of the issuer are what counts: one that a token brings along is not looked at.
    private void requireSigned(SignedJWT signed) {
        var header = signed.getHeader();
        var candidates = keys.find(key -> isNamed(key, header) && isFit(key, header));
        if (candidates.stream()
                .limit(MOST_CANDIDATES)
                .noneMatch(key -> Signatures.isBy(key, signed))) {
            throw Refused.unknown();
        }
    }

    private static boolean isFit(JWK key, JWSHeader header) {
        return Signatures.fits(key, header.getAlgorithm());
    }

    private static boolean isNamed(JWK key, JWSHeader header) {
        return header.getKeyID() == null || header.getKeyID().equals(key.getKeyID());
    }

    private static String subject(JWTClaimsSet claims) {
        return Optional.ofNullable(claims.getSubject())
                .filter(name -> !name.isBlank() && name.length() <= LONGEST_SUBJECT)
                .filter(name -> name.chars().noneMatch(Character::isISOControl))
                .orElseThrow(Refused::unknown);
    }

    @Override
    public void close() {
        keys.close();
    }
}
