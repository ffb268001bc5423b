package dev.palimpsest.datasets.bench;

import dev.palimpsest.api.Failure;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/// Starts the comparison with other stores, which is no part of the program: Maven gets it and the
/// stores from the source tree.
@Command(
        name = "peers",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = {
            "Ask other stores the questions of bench latency, and compare cost and answers.",
            "",
            "The other stores are no part of this program: this works in a source tree only, where"
                    + " Maven (mvn, on the PATH) fetches them the first time. It is a short way to",
            "  mvn -Ppeers -pl datasets -am -DskipTests process-test-classes -Dpeers.flags='FLAGS'",
            "",
            "FLAGS are --texts and --cache as of bench latency, --documents N, --questions N,"
                    + " --warm-up N, --compared N, --peers NAME,..., --rebuild NAME,..., and --show,"
                    + " which prints what peers are asked."
        })
final class BenchPeers implements Callable<Integer> {

    private static final String PROGRAM = "src/test/java/dev/palimpsest/datasets/peers";

    @Unmatched List<String> flags = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        var datasets = datasets();
        String quoted =
                flags.stream()
                        .map(flag -> flag.contains(" ") ? '"' + flag + '"' : flag)
                        .collect(Collectors.joining(" "));
        var maven =
                new ProcessBuilder(
                                "mvn",
                                "-B",
                                "-q",
                                "-Ppeers",
                                "-f",
                                datasets.resolveSibling("pom.xml").toString(),
                                "-pl",
                                "datasets",
                                "-am",
                                "-DskipTests",
                                "-Dpeers.folder=" + Path.of("").toAbsolutePath(),
                                "-Dpeers.flags=" + quoted,
                                "process-test-classes")
                        .inheritIO();
        maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
        try {
            return maven.start().waitFor();
        } catch (IOException e) {
            throw Failure.untried("needs Maven 3.8 or newer (mvn) on the PATH", e);
        }
    }

    /// The folder of this room in the source tree this program was built in.
    ///
    /// @throws Failure if it does not lie in one
    private static Path datasets() {
        return above(ownPlace())
                .filter(folder -> Files.isDirectory(folder.resolve(PROGRAM)))
                .findFirst()
                .orElseThrow(() ->
                        Failure.untried(
                                "the other stores are no part of the program; get its source tree,"
                                        + " and run ./palimpsest bench peers there"));
    }

    private static Path ownPlace() {
        try {
            return Path.of(
                    BenchPeers.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the place of a loaded class has a URI", e);
        }
    }

    private static Stream<Path> above(Path place) {
        return Stream.iterate(
                        Optional.of(place),
                        Optional::isPresent,
                        one -> one.flatMap(path -> Optional.ofNullable(path.getParent())))
                .flatMap(Optional::stream);
    }
}
