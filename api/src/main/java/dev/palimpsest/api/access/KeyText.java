package dev.palimpsest.api.access;

import dev.palimpsest.model.Key;
import dev.palimpsest.model.Sha256;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// The text of a key, such as `pal_abcdef27_` and 43 more characters: its id, and 256 random bits.
final class KeyText {

    private static final String PREFIX = "pal_";
    private static final int SECRET_BYTES = 32;
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz234567";
    private static final Pattern FORM =
            Pattern.compile(PREFIX + "([a-z2-7]{" + Key.ID_LENGTH + "})_[A-Za-z0-9_-]{43}");

    private final String id;
    private final String text;

    private KeyText(String id, String text) {
        this.id = id;
        this.text = text;
    }

    static KeyText random(RandomGenerator random) {
        var id = new StringBuilder();
        for (int i = 0; i < Key.ID_LENGTH; i++) {
            id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return new KeyText(
                id.toString(),
                PREFIX + id + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /// Whether it is no token of somebody else.
    static boolean isLike(String text) {
        return text.startsWith(PREFIX);
    }

    /// Empty if `text` cannot be that of a key.
    static Optional<KeyText> parse(String text) {
        var found = FORM.matcher(text);
        return found.matches() ? Optional.of(new KeyText(found.group(1), text)) : Optional.empty();
    }

    String id() {
        return id;
    }

    /// To be shown once.
    String text() {
        return text;
    }

    /// In hexadecimal.
    String sha256() {
        return Sha256.hex(text);
    }

    /// Without the secret.
    @Override
    public String toString() {
        return PREFIX + id + "_...";
    }
}
