package dev.palimpsest.datasets.bench.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoriesTest {

    private static final String ANSWERED =
            """
            {"question_id": "q1", "question_type": "temporal-reasoning",
             "question": "Which instrument did I buy last week?", "answer": "a cello",
             "question_date": "2023/05/30 (Tue) 23:40",
             "haystack_dates": ["2023/05/24 (Wed) 02:21", "2023/05/20 (Sat) 09:05", "2023/05/24 (Wed) 02:21"],
             "haystack_session_ids": ["s2", "s1", "s2"],
             "haystack_sessions": [
               [{"role": "user", "content": "I bought a cello", "has_answer": true},
                {"role": "assistant", "content": "Congratulations!"}],
               [{"role": "user", "content": "Hello", "has_answer": false},
                {"role": "assistant", "content": " "}],
               [{"role": "user", "content": "The same session once more"}]],
             "answer_session_ids": ["s2"]}
            """;

    private static final String UNANSWERED =
            """
            {"question_id": "q2_abs", "question_type": "single-session-user", "question": "Which dog?",
             "answer": "nothing was said of a dog", "question_date": "2023/05/30 (Tue) 23:40",
             "haystack_dates": ["2023/05/24 (Wed) 02:21"], "haystack_session_ids": ["s2"],
             "haystack_sessions": [[{"role": "user", "content": "I bought a cello"}]],
             "answer_session_ids": []}
            """;

    @TempDir Path folder;

    @Test
    void everyQuestionIsASpaceOfItsTurnsInTheOrderOfTime() throws IOException {
        var spaces = Histories.read(file("[" + ANSWERED + "]"), 10);

        assertThat(spaces).hasSize(1);
        assertThat(spaces.getFirst().memories())
                .extracting(memory -> memory.id() + " " + memory.textWithContext())
                .containsExactly(
                        "s1:1 user, 2023-05-20: Hello",
                        "s2:1 user, 2023-05-24: I bought a cello",
                        "s2:2 assistant, 2023-05-24: Congratulations!");
    }

    @Test
    void theEvidenceIsTheTurnsThatAreMarked() throws IOException {
        var asked = Histories.read(file("[" + ANSWERED + "]"), 10).getFirst().questions();

        assertThat(asked).hasSize(1);
        assertThat(asked.getFirst().evidence()).isEqualTo(Set.of("s2:1"));
        assertThat(asked.getFirst().category()).isEqualTo("temporal-reasoning");
        assertThat(asked.getFirst().asked()).contains(Instant.parse("2023-05-30T23:40:00Z"));
        assertThat(asked.getFirst().answers()).containsExactly("a cello");
    }

    @Test
    void whatCannotBeAnsweredIsLeftOutAndNoMoreIsReadThanIsWanted() throws IOException {
        var three = file("[" + UNANSWERED + "," + ANSWERED + "," + ANSWERED + "]");

        assertThat(Histories.read(three, 10)).hasSize(2);
        assertThat(Histories.read(three, 1)).hasSize(1);
    }

    @Test
    void whatHasAnotherFormIsRefused() throws IOException {
        var undated = file("[" + ANSWERED.replace("2023/05/30 (Tue) 23:40", "yesterday") + "]");
        assertThatThrownBy(() -> Histories.read(undated, 10))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("yesterday");

        var fewer = file("[" + ANSWERED.replace("\"s2\", \"s1\", \"s2\"", "\"s2\"") + "]");
        assertThatThrownBy(() -> Histories.read(fewer, 10))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("q1");
    }

    private Path file(String json) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "asked", ".json"), json);
    }
}
