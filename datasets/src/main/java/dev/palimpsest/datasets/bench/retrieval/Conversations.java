package dev.palimpsest.datasets.bench.retrieval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.palimpsest.datasets.bench.retrieval.AskedSpace.Asked;
import dev.palimpsest.model.Memory;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.SourceId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads conversations in the form LoCoMo was published in: a list of samples, each with sessions
/// of turns and questions that name the turns with the evidence.
///
/// A turn becomes a memory of its speaker; what a picture shows stands in brackets behind its text.
public final class Conversations {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern SESSION = Pattern.compile("session_(\\d+)");

    /// Also `D:11:26` and `D30:05`, and several in one text: all occur.
    private static final Pattern EVIDENCE = Pattern.compile("D:?(\\d+):(\\d+)");

    private static final DateTimeFormatter WHEN =
            new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendPattern("h:mm a 'on' d MMMM, yyyy")
                    .toFormatter(Locale.ENGLISH);

    private static final Map<Integer, String> CATEGORIES =
            Map.of(1, "multi-hop", 2, "temporal", 3, "open", 4, "single-hop", 5, "adversarial");

    /// Questions of this sort ask for what was never said.
    public static final String ADVERSARIAL = "adversarial";

    private Conversations() {}

    /// The conversations of a file, each as a space of its own.
    ///
    /// @param chosenOn the conversations whose group is `choose`; the others' is `report`
    public static List<AskedSpace> read(Path file, Set<String> chosenOn) throws IOException {
        var spaces = new ArrayList<AskedSpace>();
        for (var sample : JSON.readTree(file.toFile())) {
            var id = sample.path("sample_id").asText();
            spaces.add(space(id, chosenOn.contains(id) ? "choose" : "report", sample));
        }
        return spaces;
    }

    private static AskedSpace space(String id, String group, JsonNode sample) {
        var memories = new ArrayList<Memory>();
        var conversation = sample.path("conversation");
        sessions(conversation).forEach(session -> addTurns(memories, session, conversation));
        var known = new LinkedHashSet<String>();
        memories.forEach(memory -> known.add(memory.id().value()));
        var questions = new ArrayList<Asked>();
        int unknown = 0;
        for (var asked : sample.path("qa")) {
            var named = evidence(asked.path("evidence"));
            var evidence = new LinkedHashSet<>(named);
            evidence.retainAll(known);
            unknown += named.size() - evidence.size();
            if (!evidence.isEmpty()) {
                questions.add(
                        new Asked(
                                asked.path("question").asText(),
                                category(asked.path("category").asInt()),
                                evidence,
                                Optional.empty(),
                                asked.hasNonNull("answer")
                                        ? List.of(asked.path("answer").asText())
                                        : List.of()));
            }
        }
        return new AskedSpace(id, group, memories, Map.of(), questions, unknown);
    }

    private static String category(int number) {
        return CATEGORIES.getOrDefault(number, "category " + number);
    }

    private static List<Integer> sessions(JsonNode conversation) {
        var numbers = new ArrayList<Integer>();
        conversation
                .fieldNames()
                .forEachRemaining(name -> {
                    var matcher = SESSION.matcher(name);
                    if (matcher.matches()) {
                        numbers.add(Integer.valueOf(matcher.group(1)));
                    }
                });
        return numbers.stream().sorted().toList();
    }

    private static void addTurns(List<Memory> memories, int session, JsonNode conversation) {
        var name = "session_" + session;
        var said = conversation.path(name + "_date_time").asText();
        var begun = LocalDateTime.parse(said.strip(), WHEN).toInstant(ZoneOffset.UTC);
        for (var turn : conversation.path(name)) {
            memories.add(turn(turn, name, begun));
        }
    }

    private static Memory turn(JsonNode turn, String session, Instant begun) {
        var speaker = turn.path("speaker").asText();
        var caption = turn.path("blip_caption").asText("");
        var text = turn.path("text").asText();
        return memory(
                turn.path("dia_id").asText(),
                caption.isEmpty() ? text : text + " [shows " + caption + "]",
                Optional.of(begun),
                session,
                speaker);
    }

    static Memory memory(
            String id, String text, Optional<Instant> occurred, String session, String speaker) {
        return new Memory(
                new MemoryId(id),
                text,
                occurred,
                Optional.empty(),
                Optional.of(session),
                Optional.of(speaker),
                Optional.empty(),
                List.of(),
                new SourceId(speaker),
                "{}");
    }

    private static Set<String> evidence(JsonNode node) {
        var ids = new LinkedHashSet<String>();
        for (var one : node) {
            var matcher = EVIDENCE.matcher(one.asText());
            while (matcher.find()) {
                ids.add("D" + number(matcher.group(1)) + ":" + number(matcher.group(2)));
            }
        }
        return ids;
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }
}
