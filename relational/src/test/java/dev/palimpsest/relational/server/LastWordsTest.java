package dev.palimpsest.relational.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LastWordsTest {

    @Test
    void areTheReasonAndNoMore() {
        assertThat(
                        LastWords.of(
                                """
                                running bootstrap script ... ok
                                performing initialization ... 2026-11-23 02:05:37.256 UTC [48] FATAL:  could not write to file "base/4/1249": No space left on device
                                2026-11-23 02:05:37.256 UTC [48] STATEMENT:  CREATE DATABASE template0
                                child process exited with exit code 1
                                """))
                .isEqualTo(
                        "FATAL:  could not write to file \"base/4/1249\": No space left on device");
    }

    @Test
    void keepTheHintWithTheReason() {
        assertThat(
                        LastWords.of(
                                """
                                2026-11-23 02:05:37.256 UTC [48] LOG:  starting PostgreSQL
                                2026-11-23 02:05:37.257 UTC [48] FATAL:  lock file already exists
                                2026-11-23 02:05:37.257 UTC [48] HINT:  Is another server running?
                                """))
                .isEqualTo("FATAL:  lock file already exists; HINT:  Is another server running?");
    }

    @Test
    void areTheLastLinesWhereNoneGivesAReason() {
        assertThat(LastWords.of("a\nb\n\nc\nd\n")).isEqualTo("b; c; d");
        assertThat(LastWords.of("")).isEqualTo("it gave no reason");
    }
}
