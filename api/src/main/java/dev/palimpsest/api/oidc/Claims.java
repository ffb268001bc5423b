package dev.palimpsest.api.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.palimpsest.model.Key.Reach;
import dev.palimpsest.model.Scope;
import dev.palimpsest.model.SpaceId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the claims of a token let its bearer do: `scope` or `scp` names `palimpsest:read` and the
/// like, `palimpsest_spaces` the spaces. What means nothing here gives nothing.
final class Claims {

    private static final String PREFIX = "palimpsest:";
    private static final String SPACES = "palimpsest_spaces";
    private static final String EVERYWHERE = "*";
    private static final int MOST_WORDS = 1_000;

    private Claims() {}

    static Set<Scope> scopes(JWTClaimsSet claims) {
        var words = Stream.concat(words(claims, "scope"), words(claims, "scp"));
        var named = words.collect(Collectors.toSet());
        return Arrays.stream(Scope.values())
                .filter(scope -> named.contains(PREFIX + scope.word()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Empty if it is for no space.
    static Optional<Reach> reach(JWTClaimsSet claims) {
        var names = words(claims, SPACES).collect(Collectors.toSet());
        if (names.contains(EVERYWHERE)) {
            return Optional.of(new Reach.Everywhere());
        }
        var spaces = names.stream().flatMap(Claims::space).collect(Collectors.toSet());
        return spaces.isEmpty() ? Optional.empty() : Optional.of(new Reach.Within(spaces));
    }

    /// A text of words, or a list of them.
    private static Stream<String> words(JWTClaimsSet claims, String name) {
        var words =
                switch (claims.getClaim(name)) {
                    case String text -> Arrays.stream(text.split(" "));
                    case List<?> list ->
                            list.stream().filter(String.class::isInstance).map(String::valueOf);
                    case null, default -> Stream.<String>empty();
                };
        return words.filter(word -> !word.isEmpty()).limit(MOST_WORDS);
    }

    private static Stream<SpaceId> space(String name) {
        try {
            return Stream.of(new SpaceId(name));
        } catch (IllegalArgumentException e) {
            return Stream.empty();
        }
    }
}
