package dev.palimpsest.api.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.api.access.ForeignAsks.Ask;
import dev.palimpsest.api.access.TwoSpaces.Sort;
import dev.palimpsest.model.Scope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever has a key of one space learns nothing of another, whichever of its ids, cursors, jobs
/// and sessions they name at whichever route, tool or step of Gremlin: what is not theirs is
/// answered like what is not there. `-Dpalimpsest.ids=10000` asks with more, `-Dpalimpsest.seed=N`
/// with others.
class SpacesStayApartTest {

    private static final int IDS = Integer.getInteger("palimpsest.ids", 300);
    private static final long SEED = Long.getLong("palimpsest.seed", 1);
    private static final int MOST_TOLD = 40;

    /// So many characters of what was sent stand in a complaint about it.
    private static final int MOST_ECHOED = 80;

    @TempDir private static Path folder;

    private static KeyedServer server;
    private static TwoSpaces spaces;
    private static final List<String> KEYS = new ArrayList<>();
    private static final List<RawAgent> AGENTS = new ArrayList<>();
    private static final List<RawAgent> MEMORY_AGENTS = new ArrayList<>();

    private static final List<Ask> ASKS = ForeignAsks.all();
    private static final List<Sort> SORTS = List.of(Sort.values());

    @BeforeAll
    static void open() {
        server = new KeyedServer(folder);
        spaces = new TwoSpaces(server);
        server.asRoot("PUT", ForeignAsks.SPARE, "{}");
        KEYS.add(server.key("space-okapi,spare", Scope.READ, Scope.WRITE));
        KEYS.add(server.key("space-okapi,spare", Scope.values()));
        for (var key : KEYS) {
            AGENTS.add(new RawAgent(server.url(), "/mcp", key));
            MEMORY_AGENTS.add(new RawAgent(server.url(), "/mcp/memory?space=space-okapi", key));
        }
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Test
    void whatIsForeignIsAnsweredLikeWhatIsNowhere() {
        System.out.printf("%d foreign ids of seed %d at %d doors%n", IDS, SEED, ASKS.size());
        var wrong = new TreeMap<String, String>();
        var random = new Random(SEED);
        for (int i = 0; i < IDS; i++) {
            var ask = ASKS.get(i < ASKS.size() ? i : random.nextInt(ASKS.size()));
            boolean fits = i < ASKS.size() || random.nextInt(5) > 0;
            var sort = fits ? ask.fits() : any(SORTS, random);
            var foreign = any(spaces.ids(sort), random);
            var nowhere = nowhere(sort, foreign, random);
            int who = random.nextInt(KEYS.size());
            var theirs = answer(ask, foreign, who);
            var nobodys = answer(ask, nowhere, who);
            var leaked = spaces.leaked(theirs, foreign);
            var what =
                    "%s %s %s with %s %s"
                            .formatted(ask.how(), ask.path(), ask.body(), sort, foreign);
            if (!leaked.isEmpty()) {
                wrong.putIfAbsent("leak " + ask, what + " tells " + leaked);
            }
            if (ask.alike() && !plain(theirs, foreign).equals(plain(nobodys, nowhere))) {
                wrong.putIfAbsent(
                        "differs " + ask,
                        what + ":\n  " + plain(theirs, foreign) + "\n  " + plain(nobodys, nowhere));
            }
        }
        assertThat(wrong.values().stream().limit(MOST_TOLD)).as("%d", wrong.size()).isEmpty();
    }

    private static <T> T any(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }

    /// An id of the same form that names nothing.
    private static String nowhere(Sort sort, String foreign, Random random) {
        if (TwoSpaces.UUID.matcher(foreign).matches()) {
            var made = new UUID(random.nextLong(), random.nextLong()).toString();
            return made.substring(0, 14)
                    + foreign.charAt(14)
                    + made.substring(15, 19)
                    + foreign.substring(19, 20)
                    + made.substring(20);
        }
        return sort == Sort.CURSOR || sort == Sort.KEY
                ? otherLetters(foreign)
                : foreign.replace(TwoSpaces.FOREIGN, TwoSpaces.NOWHERE);
    }

    /// Letters in the place of letters, digits in that of digits.
    private static String otherLetters(String text) {
        var other = new StringBuilder();
        text.chars().forEach(c -> other.append((char) (Character.isLetter(c) ? c ^ 1 : c)));
        return other.toString()
                .replace('`', 'b')
                .replace('@', 'B')
                .replace('{', 'y')
                .replace('[', 'Y');
    }

    private static String answer(Ask ask, String id, int who) {
        var path = ask.path().replace("ID", id);
        var body = ask.body().replace("ID", id);
        return switch (ask.how()) {
            case "MCP" -> String.valueOf(AGENTS.get(who).call(path, body));
            case "MEM" -> String.valueOf(MEMORY_AGENTS.get(who).call(path, body));
            case "SESSION" ->
                    String.valueOf(
                            AGENTS.get(who)
                                    .sendIn(
                                            id,
                                            "{\"jsonrpc\": \"2.0\", \"id\": 2, \"method\": \"tools/list\"}"));
            default -> {
                var headers =
                        ask.fits() == Sort.REQUEST
                                ? Map.of("Idempotency-Key", id)
                                : Map.<String, String>of();
                var reply = server.send(KEYS.get(who), headers, ask.how(), path, body);
                yield reply.statusCode() + " " + new String(reply.body(), UTF_8);
            }
        };
    }

    /// An answer without what differs each time: the id asked for, positions, moments, durations.
    private static String plain(String answer, String id) {
        return answer.replace(id, "ID")
                .replace(id.substring(0, Math.min(id.length(), MOST_ECHOED)) + "…", "ID")
                .replaceAll("[0-9a-f-]{36}\\.0\\.[0-9]+", "BOOKMARK")
                .replaceAll(TwoSpaces.UUID.pattern(), "UUID")
                .replaceAll("\\b20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z", "MOMENT")
                .replaceAll(",\"recorded\":\"MOMENT\"", "")
                .replaceAll("\"(ms|tookMs|position|rate)\":[0-9.E-]+", "\"$1\":0")
                .replaceAll("\"pin\",\"actualRows\":[0-9]+", "\"pin\",\"actualRows\":0")
                .replaceAll("(written|unchanged)(\\\\?\")", "taken$2")
                .replaceAll("\"replayed\":(true|false)", "\"replayed\":x");
    }
}
