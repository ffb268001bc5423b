package dev.palimpsest.api.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

class LogFormatTest {

    private static final Instant MOMENT = Instant.parse("2026-11-28T10:00:00.123456789Z");
    private static final String KEY = "pal_abcdef27_" + "A".repeat(43);

    @Test
    void aLineOfJsonIsOneObjectWhateverTheMessage() throws Exception {
        var line =
                LogFormat.JSON.line(
                        MOMENT,
                        Level.WARN,
                        "a.b.C",
                        "two\nlines \"and\" \ud800",
                        new IllegalStateException("no\nend"));
        assertThat(line).doesNotContain("\n");
        var json = new ObjectMapper().readTree(line);
        assertThat(json.path("time").asText()).isEqualTo("2026-11-28T10:00:00.123456Z");
        assertThat(json.path("level").asText()).isEqualTo("warn");
        assertThat(json.path("logger").asText()).isEqualTo("a.b.C");
        assertThat(json.path("message").asText()).startsWith("two\nlines");
        assertThat(json.path("failure").asText())
                .startsWith("java.lang.IllegalStateException: no\nend")
                .contains("LogFormatTest");
    }

    @ParameterizedTest
    @EnumSource
    void noKeyIsInALineNorInItsFailure(LogFormat format) {
        var failure = new IllegalStateException("with " + KEY, new IllegalArgumentException(KEY));
        var line = format.line(MOMENT, Level.ERROR, "C", "who sent " + KEY, failure);
        assertThat(line).doesNotContain("AAAA").contains("pal_abcdef27_***");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:postgresql://h/d?user=me&password=hush&x=1 | jdbc:postgresql://h/d?user=me&password=***&x=1",
                "Authorization: Bearer eyJhbGciOi.J9.x_-y | Authorization: Bearer ***",
                "{\"password\": \"hush\"} | {\"password\": \"***\"}",
                "http://me:hush@host/path | http://me:***@host/path",
                "API_KEY=hush, next | API_KEY=***, next",
                "the token is wrong | the token is wrong"
            })
    void secretsAreMasked(String text, String masked) {
        assertThat(Masked.of(text)).isEqualTo(masked);
    }

    @Test
    void everyLibraryLogsThroughIt() {
        assertThat(LoggerFactory.getLogger("x")).isInstanceOf(Log.class);
        assertThat(LoggerFactory.getLogger("x").isWarnEnabled()).isTrue();
        assertThat(LoggerFactory.getLogger("x").isInfoEnabled()).isFalse();
    }

    @Test
    void onlyTheTwoFormatsHaveNames() {
        assertThat(LogFormat.parse(" JSON ")).isEqualTo(LogFormat.JSON);
        assertThatThrownBy(() -> LogFormat.parse("xml")).hasMessage("must be text or json: xml");
    }
}
