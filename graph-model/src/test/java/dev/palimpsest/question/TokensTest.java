package dev.palimpsest.question;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokensTest {

    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "a, 1",
        "letters, 1",
        "sentence, 2",
        "'Bo: A cello.', 5",
        "2023-05-08, 6",
        "楽器, 2",
        "🎻🎻, 2",
        "'  ', 0"
    })
    void wordsDigitsAndSignsAreCountedEach(String text, int tokens) {
        assertThat(Tokens.of(text)).isEqualTo(tokens);
    }
}
