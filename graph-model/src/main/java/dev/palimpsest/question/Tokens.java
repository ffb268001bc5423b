package dev.palimpsest.question;

/// Counts tokens, as language models do, by a rule of our own, so that no model's vocabulary is
/// needed: a word of up to seven letters is one, every four letters more are another; every three
/// digits are one; so is any other sign, and a letter of a script that writes without spaces.
///
/// An estimate. A model's own count differs.
public final class Tokens {

    private static final int LETTERS_OF_FIRST = 7;
    private static final int LETTERS_OF_FURTHER = 4;
    private static final int DIGITS = 3;

    private Tokens() {}

    public static int of(String text) {
        int tokens = 0;
        int place = 0;
        while (place < text.length()) {
            int sign = text.codePointAt(place);
            int end = place + Character.charCount(sign);
            if (Character.isIdeographic(sign)) {
                tokens++;
            } else if (Character.isLetter(sign)) {
                end = endOf(text, place, true);
                tokens += 1 + parts(end - place - LETTERS_OF_FIRST, LETTERS_OF_FURTHER);
            } else if (Character.isDigit(sign)) {
                end = endOf(text, place, false);
                tokens += parts(end - place, DIGITS);
            } else if (!Character.isWhitespace(sign) || sign == '\n') {
                tokens++;
            }
            place = end;
        }
        return tokens;
    }

    private static int parts(int length, int size) {
        return Math.max(0, length + size - 1) / size;
    }

    private static int endOf(String text, int start, boolean letters) {
        int end = start;
        while (end < text.length()) {
            int sign = text.codePointAt(end);
            boolean same =
                    letters
                            ? Character.isLetter(sign) && !Character.isIdeographic(sign)
                            : Character.isDigit(sign);
            if (!same) {
                return end;
            }
            end += Character.charCount(sign);
        }
        return end;
    }
}
