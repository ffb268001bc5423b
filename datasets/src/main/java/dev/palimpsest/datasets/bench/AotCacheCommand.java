package dev.palimpsest.datasets.bench;

import dev.palimpsest.api.Failure;
import dev.palimpsest.api.command.AddedCommand;
import dev.palimpsest.datasets.demo.DemoQuestions;
import dev.palimpsest.datasets.earthquakes.EarthquakeItems;
import dev.palimpsest.model.Space;
import dev.palimpsest.model.SpaceId;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator.ValidationResponse;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/// Runs through what a store does most, for Java to see which classes that takes and which methods
/// are worth compiling; the script that starts this has Java keep both for later starts (JEP 514,
/// JEP 515).
@Command(
        name = "aot-cache",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = {
            "Make a cache, beside the program, of its classes and of what is worth compiling: later"
                    + " starts take less CPU and are at full speed sooner.",
            "",
            "Loads, writes and asks in a store of its own, which is deleted; takes three minutes and"
                    + " 120 MB of disk. Do it once after each build and each change of the JDK;"
                    + " without it all works the same, but slower at first."
        })
public final class AotCacheCommand implements AddedCommand {

    private static final SpaceId SPACE = new SpaceId("practice");
    private static final String FACTS = "/v1/spaces/" + SPACE + "/facts?wait=";
    private static final String QUESTIONS = "/v1/spaces/" + EarthquakeItems.SPACE + "/retrieve";
    private static final int CLIENTS = 64;
    private static final int ROWS_OF_A_POST = 50;
    private static final Duration WRITING = Duration.ofSeconds(30);
    private static final int TIMES_ASKED = 100;
    private static final int TIMES_CALLED = 200;

    @Override
    public Integer call() throws IOException, InterruptedException {
        requireRecording();
        try (var store = new BenchStore.Flags().open()) {
            BenchQuestions.load(store);
            store.doors().writes().makeSpace(new Space(SPACE, false));
            write(store, 1, "durable");
            write(store, ROWS_OF_A_POST, "searchable");
            ask(store);
            call(store, "/mcp", List.of(AotCacheCommand::remember, AotCacheCommand::askFor));
            call(
                    store,
                    "/mcp/memory?space=practice-memory",
                    List.of(AotCacheCommand::create, AotCacheCommand::search));
        }
        System.out.println("practised; the cache is being made");
        return 0;
    }

    private static void requireRecording() {
        var flags = ManagementFactory.getRuntimeMXBean().getInputArguments();
        if (flags.stream().noneMatch(flag -> flag.startsWith("-XX:AOTCacheOutput="))) {
            throw Failure.usage(
                    "Java was not told where the cache goes; run ./palimpsest aot-cache, or give"
                            + " java -XX:AOTCacheOutput=FILE");
        }
    }

    private static void write(BenchStore store, int rowsOfAPost, String wait)
            throws InterruptedException {
        var report =
                new Swarm(store.url(), FACTS + wait, CLIENTS)
                        .post(
                                client -> {
                                    var rows =
                                            new MadeRows(rowsOfAPost + "-" + client + "-", client);
                                    return rowsOfAPost == 1
                                            ? rows::fact
                                            : () -> rows.facts(rowsOfAPost);
                                },
                                WRITING);
        report.firstFailure()
                .ifPresent(why -> {
                    throw Failure.asked("a post was answered with " + why);
                });
        System.out.printf("written  %,d posts of %d%n", report.posts(), rowsOfAPost);
    }

    private static void ask(BenchStore store) throws IOException {
        try (var exchange = new Exchange(store.url())) {
            for (var question : DemoQuestions.ALL) {
                new AskedQuestion(question).ask(exchange, QUESTIONS, TIMES_ASKED);
            }
        }
        System.out.printf("asked    %,d questions%n", TIMES_ASKED * DemoQuestions.ALL.size());
    }

    private static void call(BenchStore store, String endpoint, List<CallOfNumber> calls) {
        var transport =
                HttpClientStreamableHttpTransport.builder(store.url().toString())
                        .endpoint(endpoint)
                        .build();
        try (McpSyncClient agent =
                McpClient.sync(transport)
                        .jsonSchemaValidator((_, _) -> ValidationResponse.asValid(""))
                        .build()) {
            agent.initialize();
            for (int number = 0; number < TIMES_CALLED; number++) {
                for (var call : calls) {
                    var answer = agent.callTool(call.of(number));
                    if (Boolean.TRUE.equals(answer.isError())) {
                        throw Failure.asked("a tool answered with " + answer.content());
                    }
                }
            }
        }
        System.out.printf("called   %,d tools at %s%n", TIMES_CALLED * calls.size(), endpoint);
    }

    /// Makes the call with that number.
    private interface CallOfNumber {
        CallToolRequest of(int number);
    }

    private static CallToolRequest remember(int number) {
        return CallToolRequest.builder("remember")
                .arguments(
                        Map.of(
                                "space",
                                SPACE.value(),
                                "text",
                                "Person " + number + " moved to town " + number % 7))
                .build();
    }

    private static CallToolRequest askFor(int number) {
        return CallToolRequest.builder("ask")
                .arguments(
                        Map.of(
                                "space",
                                SPACE.value(),
                                "text",
                                "Where did person " + number + " move to?"))
                .build();
    }

    private static CallToolRequest create(int number) {
        return CallToolRequest.builder("create_entities")
                .arguments(
                        Map.of(
                                "entities",
                                List.of(
                                        Map.of(
                                                "name",
                                                "Person " + number,
                                                "entityType",
                                                "person",
                                                "observations",
                                                List.of("lives in town " + number % 7)))))
                .build();
    }

    private static CallToolRequest search(int number) {
        return CallToolRequest.builder("search_nodes")
                .arguments(Map.of("query", "town " + number % 7))
                .build();
    }
}
