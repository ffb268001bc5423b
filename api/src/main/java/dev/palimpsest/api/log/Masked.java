package dev.palimpsest.api.log;

import java.util.List;
import java.util.regex.Pattern;

/// Takes secrets out of texts.
final class Masked {

    private static final String MASK = "***";

    /// A secret, and before it what may stay.
    private static final List<Pattern> SECRETS =
            List.of(
                    Pattern.compile("(pal_[a-z2-7]{8}_)[A-Za-z0-9_-]{8,}+"),
                    Pattern.compile("((?i:bearer|basic) )[A-Za-z0-9._~+/=-]{8,}+"),
                    Pattern.compile("(://[^/\\s:@]{1,200}:)[^/\\s@]++(?=@)"),
                    Pattern.compile(
                            "((?i:password|passwd|secret|token|api[-_]?key)[\"']?\\s{0,3}[=:]\\s{0,3}[\"']?)"
                                    + "[^\\s\"'&,;})]++"));

    private Masked() {}

    static String of(String text) {
        var masked = text;
        for (var secret : SECRETS) {
            masked = secret.matcher(masked).replaceAll("$1" + MASK);
        }
        return masked;
    }
}
