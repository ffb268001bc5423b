package dev.palimpsest.datasets.bench.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConversationsTest {

    private static final String SAMPLE =
            """
            [{"sample_id": "conv-1", "conversation": {
              "session_2_date_time": "9:05 am on 3 June, 2023",
              "session_2": [{"speaker": "Bo", "dia_id": "D2:1", "text": "Later"}],
              "session_1_date_time": "1:56 pm on 8 May, 2023",
              "session_1": [
                {"speaker": "Ann", "dia_id": "D1:1", "text": "Hello"},
                {"speaker": "Bo", "dia_id": "D1:2", "text": "Look", "blip_caption": "a red kite"}]},
              "qa": [
                {"question": "Who?", "category": 1, "evidence": ["D1:1; D2:01", "D9:9"]},
                {"question": "Never?", "category": 5, "evidence": ["D:1:2"]},
                {"question": "Without?", "category": 3, "evidence": []}]}]
            """;

    @TempDir Path folder;

    @Test
    void turnsBecomeMemoriesInTheOrderOfSessions() throws IOException {
        var space = read();

        assertThat(space.memories())
                .extracting(memory -> memory.textWithContext())
                .containsExactly(
                        "Ann, 2023-05-08: Hello",
                        "Bo, 2023-05-08: Look [shows a red kite]",
                        "Bo, 2023-06-03: Later");
        assertThat(space.group()).isEqualTo("choose");
    }

    @Test
    void neighboursEndWithTheSession() throws IOException {
        assertThat(read().around(1))
                .extracting(memory -> memory.id().value())
                .containsExactly("D1:1", "D1:2");
        assertThat(read().around(2)).hasSize(1);
    }

    @Test
    void evidenceIsReadHoweverItIsWrittenAndCountedWhereItNamesNothing() throws IOException {
        var space = read();

        assertThat(space.questions())
                .extracting(asked -> asked.category(), asked -> asked.evidence())
                .containsExactly(
                        tuple("multi-hop", Set.of("D1:1", "D2:1")),
                        tuple("adversarial", Set.of("D1:2")));
        assertThat(space.unknown()).isEqualTo(1);
    }

    private AskedSpace read() throws IOException {
        var file = Files.writeString(folder.resolve("sample.json"), SAMPLE);
        return Conversations.read(file, Set.of("conv-1")).getFirst();
    }
}
