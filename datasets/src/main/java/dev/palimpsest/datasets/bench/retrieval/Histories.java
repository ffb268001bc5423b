package dev.palimpsest.datasets.bench.retrieval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.palimpsest.datasets.bench.retrieval.AskedSpace.Asked;
import dev.palimpsest.model.Memory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads questions over histories of chats in the form LongMemEval was published in: a list of
/// questions, each with the sessions among which its answer lies.
///
/// Every question is a space of its own. A turn becomes a memory of its role; the evidence is the
/// turns that are marked `has_answer`. Questions without such a turn, those that cannot be
/// answered, are left out.
public final class Histories {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// Such as `2023/05/20 (Sat) 02:21`.
    private static final Pattern WHEN =
            Pattern.compile("(\\d{4})/(\\d\\d?)/(\\d\\d?)\\D+(\\d\\d?):(\\d\\d)");

    private static final String GROUP = "longmemeval";

    private Histories() {}

    private record Session(String id, Instant begun, JsonNode turns) {}

    /// The first questions of a file.
    public static List<AskedSpace> read(Path file, int most) throws IOException {
        var spaces = new ArrayList<AskedSpace>();
        try (var asked = JSON.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
            while (spaces.size() < most && asked.hasNextValue()) {
                space(asked.nextValue()).ifPresent(spaces::add);
            }
        }
        return spaces;
    }

    private static Optional<AskedSpace> space(JsonNode asked) throws IOException {
        var memories = new ArrayList<Memory>();
        var evidence = new LinkedHashSet<String>();
        for (var session : sessions(asked)) {
            for (int i = 0; i < session.turns.size(); i++) {
                var turn = session.turns.path(i);
                var id = session.id + ":" + (i + 1);
                var text = turn.path("content").asText();
                if (text.isBlank()) {
                    continue;
                }
                memories.add(
                        Conversations.memory(
                                id,
                                text,
                                Optional.of(session.begun),
                                session.id,
                                turn.path("role").asText()));
                if (turn.path("has_answer").asBoolean()) {
                    evidence.add(id);
                }
            }
        }
        if (evidence.isEmpty()) {
            return Optional.empty();
        }
        var question =
                new Asked(
                        asked.path("question").asText(),
                        asked.path("question_type").asText(),
                        evidence,
                        Optional.of(moment(asked.path("question_date").asText())),
                        List.of(asked.path("answer").asText()));
        return Optional.of(
                new AskedSpace(
                        asked.path("question_id").asText(),
                        GROUP,
                        memories,
                        Map.of(),
                        List.of(question),
                        0));
    }

    /// In the order of time, each once.
    private static List<Session> sessions(JsonNode asked) throws IOException {
        var ids = asked.path("haystack_session_ids");
        var dates = asked.path("haystack_dates");
        var turns = asked.path("haystack_sessions");
        if (ids.size() != turns.size() || dates.size() != turns.size()) {
            throw new IOException(
                    "question "
                            + asked.path("question_id").asText()
                            + " has not as many dates and ids as sessions");
        }
        Set<String> known = new HashSet<>();
        var sessions = new ArrayList<Session>();
        for (int i = 0; i < turns.size(); i++) {
            var id = ids.path(i).asText();
            if (known.add(id)) {
                sessions.add(new Session(id, moment(dates.path(i).asText()), turns.path(i)));
            }
        }
        sessions.sort(Comparator.comparing(Session::begun));
        return sessions;
    }

    private static Instant moment(String text) throws IOException {
        var said = WHEN.matcher(text);
        if (!said.find()) {
            throw new IOException("no date such as 2023/05/20 (Sat) 02:21: " + text);
        }
        try {
            return LocalDateTime.of(
                            number(said.group(1)),
                            number(said.group(2)),
                            number(said.group(3)),
                            number(said.group(4)),
                            number(said.group(5)))
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException noDate) {
            throw new IOException("no date such as 2023/05/20 (Sat) 02:21: " + text, noDate);
        }
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }
}
