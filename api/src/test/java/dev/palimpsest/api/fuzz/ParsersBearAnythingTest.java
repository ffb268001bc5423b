package dev.palimpsest.api.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Parsers refuse what they cannot read as they say they do, and in time. A few changed inputs each
/// by default; `-Dpalimpsest.fuzz.seconds=600` has Jazzer look, in all, for as long as that.
class ParsersBearAnythingTest {

    private static final int TRIES = Integer.getInteger("palimpsest.fuzz.tries", 300);
    private static final long SEED = Long.getLong("palimpsest.seed", 1);
    private static final int SECONDS = Integer.getInteger("palimpsest.fuzz.seconds", 0);
    private static final int LONGEST_INPUT = 64 * 1024;
    private static final int START_SECONDS = 300;

    /// By the clock on the wall, which runs on where others have the processors.
    private static final int HANGING_SECONDS = 120;

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource
    void changedInputsAreReadOrRefused(FuzzedParser parser) {
        var random = new Random(SEED);
        var mutations = new Mutations(random);
        List<byte[]> seeds =
                new ArrayList<>(parser.seeds.stream().map(seed -> seed.getBytes(UTF_8)).toList());
        seeds.forEach(parser::tryToRead); // the first time takes long: classes are loaded
        for (int i = 0; i < TRIES; i++) {
            var input = mutations.of(any(seeds, random), any(seeds, random));
            try {
                ParserFuzzer.read(parser, input);
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                var shown = new String(input, UTF_8);
                throw new AssertionError(
                        "seed %d, try %d: %s"
                                .formatted(
                                        SEED,
                                        i,
                                        shown.substring(0, Math.min(shown.length(), 2_000))),
                        e);
            }
        }
    }

    private static byte[] any(List<byte[]> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }

    static boolean isWanted() {
        return SECONDS > 0;
    }

    @Test
    @EnabledIf("isWanted")
    void jazzerFindsNothing() throws IOException, InterruptedException {
        var corpus = Files.createDirectory(folder.resolve("corpus"));
        for (var parser : FuzzedParser.values()) {
            for (int i = 0; i < parser.seeds.size(); i++) {
                Files.write(
                        corpus.resolve(parser + "-" + i),
                        ParserFuzzer.input(parser, parser.seeds.get(i)));
            }
        }
        var said = folder.resolve("said");
        var jazzer =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx1g",
                                "-XX:+EnableDynamicAgentLoading",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path")),
                                "com.code_intelligence.jazzer.Jazzer",
                                "--target_class=" + ParserFuzzer.class.getName(),
                                "--instrumentation_includes=dev.palimpsest.**",
                                "--reproducer_path=" + folder,
                                "-artifact_prefix=" + folder + "/",
                                "-max_total_time=" + SECONDS,
                                "-max_len=" + LONGEST_INPUT,
                                "-timeout=" + HANGING_SECONDS,
                                "-rss_limit_mb=3072",
                                "-seed=" + SEED,
                                corpus.toString())
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        boolean ended = jazzer.waitFor(SECONDS + START_SECONDS, TimeUnit.SECONDS);
        jazzer.destroyForcibly();
        var words = Files.readString(said, ISO_8859_1);
        assertThat(ended).as(words).isTrue();
        System.out.println("Jazzer: " + words.lines().reduce("", (_, last) -> last));
        assertThat(jazzer.exitValue()).as(words).isZero();
    }
}
