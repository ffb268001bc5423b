package dev.palimpsest.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.palimpsest.api.client.Client;
import dev.palimpsest.relational.TestDatabases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the README shows over HTTP does what it says there.
class ReadmeExamplesTest {

    private static final Path README = Path.of("..", "README.md");
    private static final String SERVED = "http://127.0.0.1:7400";

    @TempDir private static Path folder;

    private static Server server;

    /// What a program said, and how it ended.
    private record Ended(int status, String said) {}

    @BeforeAll
    static void open() {
        var postgres =
                new Settings.Postgres(TestDatabases.freshUrl(), Optional.empty(), Optional.empty());
        var data = folder.resolve("data");
        server = Server.start(new Settings(data, "127.0.0.1", 0, Optional.of(postgres)), "serve");
        assertThat(server.awaitReady()).isTrue();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Test
    void curlGetsTheAnswersThatAreShown() throws Exception {
        assumeTrue(isThere("curl"), "curl is not installed: its examples were not run");
        var script =
                "set -e\ncurl() { command curl -sS --fail-with-body \"$@\"; echo; }\n"
                        + example("S=http");

        var ended = run(List.of("bash", "-c", script));

        assertThat(ended.status()).as("%s", ended.said()).isZero();
        var answers = ended.said().lines().filter(line -> !line.isBlank()).toList();
        assertThat(answers).as("%s", ended.said()).hasSize(9);
        assertThat(answers.get(4)).contains("cat").doesNotContain("ann");
        assertThat(answers.get(5)).contains("cat", "ann");
        assertThat(answers.get(6)).contains("ann");
        assertThat(answers.get(7)).contains("ceo");
        assertThat(answers.get(8)).contains("\"values\":[3]");
    }

    @Test
    void pythonReadsWhatItWrote() throws Exception {
        assumeTrue(isThere("python3"), "python3 is not installed: its example was not run");
        makeDesk();

        var ended = run(List.of("python3", "-c", example("import json")));

        assertThat(ended.status()).as("%s", ended.said()).isZero();
        assertThat(ended.said()).contains("Ann wants the report on Fridays.");
    }

    @Test
    void javaReadsWhatItWrote() throws Exception {
        makeDesk();
        var source =
                Files.writeString(
                        folder.resolve("Desk.java"),
                        example("import com.fasterxml.jackson.databind"));
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();

        var ended =
                run(List.of(java, "-cp", System.getProperty("java.class.path"), source.toString()));

        assertThat(ended.status()).as("%s", ended.said()).isZero();
        assertThat(ended.said()).contains("Ann wants it in English.");
    }

    private static void makeDesk() {
        try (var client = new Client(server.url())) {
            client.space("desk").make(false);
        }
    }

    /// The block of code that begins so, with the address of this server.
    private static String example(String beginning) throws IOException {
        var block =
                Pattern.compile(
                        "^```\\w*\\n(" + Pattern.quote(beginning) + ".*?)^```",
                        Pattern.MULTILINE | Pattern.DOTALL);
        var found = block.matcher(Files.readString(README));
        assertThat(found.find()).as("an example that begins with %s", beginning).isTrue();
        assertThat(found.group(1)).contains(SERVED);
        return found.group(1).replace(SERVED, server.url().toString().replaceFirst("/$", ""));
    }

    private static boolean isThere(String program) throws Exception {
        return run(List.of("bash", "-c", "command -v " + program)).status() == 0;
    }

    private static Ended run(List<String> command) throws IOException, InterruptedException {
        var output = Files.createTempFile(folder, "said", ".txt");
        var process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("%s ended", command).isTrue();
        return new Ended(process.exitValue(), Files.readString(output, UTF_8));
    }
}
