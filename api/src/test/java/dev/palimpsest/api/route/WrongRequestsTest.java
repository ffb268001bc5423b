package dev.palimpsest.api.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.palimpsest.api.access.KeyedServer;
import dev.palimpsest.api.access.RawAgent;
import dev.palimpsest.api.route.ApiClient.Reply;
import dev.palimpsest.api.route.WrongRequests.Kind;
import dev.palimpsest.api.route.WrongRequests.Wrong;
import dev.palimpsest.model.Scope;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever is wrong with a request, a whole server that requires keys says so as openapi.yaml
/// describes, and never fails or hangs. `-Dpalimpsest.requests=10000` asks more,
/// `-Dpalimpsest.seed=N` others.
class WrongRequestsTest {

    private static final int REQUESTS = Integer.getInteger("palimpsest.requests", 1_500);
    private static final long SEED = Long.getLong("palimpsest.seed", 1);
    private static final int CALLS = REQUESTS / 10;
    private static final int SENDERS = 4;
    private static final int INTERNAL_ERROR = -32603;
    private static final String LIST_TOOLS =
            "{\"jsonrpc\": \"2.0\", \"id\": 2, \"method\": \"tools/list\"}";
    private static final int MOST_TOLD = 60;

    private static final Set<String> QUERY_PASSED_OVER =
            Set.of("/", "/docs", "/openapi.json", "/metrics", "/health/live", "/health/ready");

    @TempDir private static Path folder;

    private static KeyedServer server;
    private static WrongRequests requests;
    private static final DescribedApi API = new DescribedApi();

    @BeforeAll
    static void open() {
        server = new KeyedServer(folder);
        var key = server.key("*", Scope.READ, Scope.WRITE, Scope.ADMIN);
        requests = new WrongRequests(seed(), key, server.key("elsewhere", Scope.values()));
    }

    @AfterAll
    static void close() {
        server.close();
    }

    /// Fills a space, and names what is in it.
    private static Map<String, String> seed() {
        var any = "/v1/spaces/any";
        put(any, "{}");
        put(any + "/predicates/magnitude", "{\"functional\": true}");
        put(any + "/sources/us", "{\"kind\": \"sensor\"}");
        post(
                any + "/entities",
                "{\"id\": \"e-1\", \"type\": \"Earthquake\", \"name\": \"one\", \"source\": \"us\"}");
        post(
                any + "/facts",
                "{\"subject\": \"e-1\", \"predicate\": \"magnitude\", \"object\": {\"number\": 6.4}, \"source\": \"us\"}");
        post(
                any + "/memories",
                "{\"id\": \"m-1\", \"text\": \"a strong quake\", \"mentions\": [\"e-1\"], \"source\": \"us\"}");
        var job = post(any + "/imports?format=ndjson", "{\"bad\": 1}\n").path("id").asText();
        var fact = get(any + "/entities/e-1/facts?predicate=magnitude").at("/items/0/id").asText();
        return Map.of(
                "space", "any",
                "predicate", "magnitude",
                "source", "us",
                "entity", "e-1",
                "memory", "m-1",
                "fact", fact,
                "import", job,
                "projection", "adjacency",
                "key", server.key("nowhere", Scope.READ).substring(4, 12));
    }

    private static void put(String path, String body) {
        sent("PUT", path, body);
    }

    private static JsonNode post(String path, String body) {
        return sent("POST", path, body);
    }

    private static JsonNode get(String path) {
        return sent("GET", path, "");
    }

    private static JsonNode sent(String method, String path, String body) {
        var reply = server.asRoot(method, path, body);
        var text = new String(reply.body(), UTF_8);
        assertThat(reply.statusCode()).as(text).isBetween(200, 202);
        return ApiClient.tree(text);
    }

    @Test
    void everyWrongRequestIsAnsweredAsDescribed() {
        System.out.printf("%d wrong requests of seed %d%n", REQUESTS, SEED);
        var flaws = new ConcurrentSkipListMap<String, String>();
        Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
        try (var senders = Executors.newFixedThreadPool(SENDERS)) {
            for (int i = 0; i < REQUESTS; i++) {
                int number = i;
                senders.execute(() -> statuses.add(judge(number, flaws)));
            }
        }
        var counts =
                statuses.stream()
                        .collect(
                                Collectors.groupingBy(
                                        status -> status, TreeMap::new, Collectors.counting()));
        System.out.println("answers by status: " + counts);
        assertThat(flaws.values().stream().limit(MOST_TOLD))
                .as("%d kinds of flaws", flaws.size())
                .isEmpty();
        assertThat(statuses).hasSize(REQUESTS);
    }

    /// Sends a request and notes what is wrong with the answer, once for what is alike.
    private static int judge(int number, Map<String, String> flaws) {
        var wrong = requests.of(SEED, number);
        int status = 0;
        String flaw;
        try {
            var reply = HttpText.reply(RawRequest.send(server.url().getPort(), wrong.text()));
            status = reply.status();
            flaw = flawOf(wrong, reply);
        } catch (IOException | RuntimeException | AssertionError e) {
            flaw = e.toString();
        }
        if (!flaw.isEmpty()) {
            var alike = wrong.operation() + " " + wrong.kind() + " " + status;
            flaws.putIfAbsent(
                    alike,
                    "%s, number %d, %s %s %s: %s"
                            .formatted(
                                    alike,
                                    number,
                                    wrong.method(),
                                    shortened(wrong.target()),
                                    shortened(wrong.bodyText()),
                                    flaw));
        }
        return status;
    }

    private static String flawOf(Wrong wrong, Reply reply) {
        if (reply.status() >= 500 && reply.status() != 503) {
            return "the server failed: " + reply.text();
        }
        if (reply.status() >= 400 && !wrong.method().equals("HEAD") && !isReadiness(wrong, reply)) {
            requireProblem(reply);
        }
        boolean needsKey = wrong.operation().node().path("responses").has("401");
        if (wrong.kind() == Kind.AUTHORIZATION && needsKey) {
            return reply.status() == 401
                            || reply.status() == 403
                            || reply.status() == 431
                            || reply.status() == 400
                    ? ""
                    : "somebody without a key came in";
        }
        if (reply.status() < 300 && isWrongByQuery(wrong)) {
            return "the query is not as described, and taken";
        }
        if (!HttpText.isUnrouted(reply)
                && !wrong.method().equals("HEAD")
                && !wrong.method().equals("OPTIONS")) {
            ApiClient.requireDescribed(
                    wrong.method(), reached(wrong), wrong.bodyText(), wrong.headers(), reply);
        }
        return "";
    }

    /// The target without what it does not matter for: a slash at the end, and the query string of
    /// those that pass over it.
    private static String reached(Wrong wrong) {
        var target = wrong.target().replaceFirst("(?<=.)/+(?=$|\\?)", "");
        var path = target.replaceFirst("\\?.*", "");
        return QUERY_PASSED_OVER.contains(path) ? path : target;
    }

    /// Readiness says in the same words that the server is not ready as that it is.
    private static boolean isReadiness(Wrong wrong, Reply reply) {
        return reached(wrong).equals("/health/ready")
                && reply.status() == 503
                && reply.type().equals("application/json");
    }

    private static void requireProblem(Reply reply) {
        assertThat(reply.type()).as(reply.text()).isEqualTo("application/problem+json");
        var problem = reply.json();
        assertThat(problem.path("status").asInt()).isEqualTo(reply.status());
        assertThat(problem.path("detail").asText()).as(reply.text()).isNotEmpty();
        assertThat(API.flaws(API.root().at("/components/schemas/Problem"), problem)).isEmpty();
    }

    /// Whether a parameter has a value that its schema does not allow.
    private static boolean isWrongByQuery(Wrong wrong) {
        var query = wrong.target().replaceFirst("[^?]*\\??", "");
        if (wrong.kind() != Kind.QUERY || query.contains("%00")) {
            return false;
        }
        for (var pair : query.split("&")) {
            var parts = pair.split("=", 2);
            var schema = API.querySchema(wrong.operation(), parts[0]);
            if (parts.length == 2
                    && !schema.isMissingNode()
                    && !API.flaws(schema, valued(schema, parts[1])).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode valued(JsonNode schema, String encoded) {
        var text = URLDecoder.decode(encoded, UTF_8);
        var type = schema.path("type").asText();
        boolean isPlain = text.matches("-?[0-9]{1,18}|true|false");
        return (type.equals("integer") || type.equals("boolean")) && isPlain
                ? ApiClient.tree(text)
                : TextNode.valueOf(text);
    }

    /// What a tool says of arguments that break a rule begins with the field's name, and ends with
    /// a call that is right.
    private static final Pattern NAMES_A_FIELD =
            Pattern.compile("(?s)[a-zA-Z][^\\s:]*: .*\\nA right call: \\{.*");

    @ParameterizedTest
    @ValueSource(strings = {"/mcp", "/mcp/memory?space=any"})
    void everyWrongCallOfAToolIsToldWhatIsWrong(String door) {
        var agent = new RawAgent(server.url(), door, server.key("*", Scope.READ, Scope.WRITE));
        var tools = ApiClient.tree(agent.send(LIST_TOOLS).text()).at("/result/tools");
        assertThat(tools.size()).isGreaterThan(8);
        var flaws = new TreeMap<String, String>();
        for (int i = 0; i < CALLS; i++) {
            var random = new Random(SEED * 1_000_003 + i);
            var tool = tools.get(random.nextInt(tools.size()));
            var schema = tool.path("inputSchema");
            var wrong = new WrongValues(part -> referred(schema, part), random);
            var example = schema.path("examples").path(0);
            var arguments =
                    wrong.broken(example.isObject() ? example : ApiClient.tree("{}"), schema);
            var name = tool.path("name").asText();
            var flaw = flawOf(agent.call(name, arguments));
            if (!flaw.isEmpty()) {
                flaws.putIfAbsent(
                        name + flaw.replaceAll("[^a-z ]", ""),
                        "%s, number %d, %s: %s".formatted(name, i, shortened(arguments), flaw));
            }
        }
        assertThat(flaws.values().stream().limit(MOST_TOLD)).as("%d", flaws.size()).isEmpty();
    }

    private static JsonNode referred(JsonNode whole, JsonNode schema) {
        var reference = schema.path("$ref").asText();
        return reference.isEmpty() ? schema : whole.at(reference.substring(1));
    }

    private static String flawOf(RawAgent.Said said) {
        if (said.status() >= 400) {
            return said.status() >= 500 ? "the server failed: " + shortened(said.text()) : "";
        }
        var message = ApiClient.tree(said.text());
        if (message.has("error")) {
            return message.at("/error/code").asInt() == INTERNAL_ERROR
                    ? "the server failed: " + shortened(said.text())
                    : "";
        }
        var text = message.at("/result/content/0/text").asText();
        boolean failed = message.at("/result/isError").asBoolean();
        if (failed && text.contains("the server failed")) {
            return text;
        }
        boolean breaksARule = failed && text.contains("A right call: ");
        return breaksARule && !NAMES_A_FIELD.matcher(text).matches()
                ? "names no field: " + shortened(text)
                : "";
    }

    private static String shortened(String text) {
        return text.length() <= 400 ? text : text.substring(0, 400) + "... (" + text.length() + ")";
    }
}
