package dev.palimpsest.datasets.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The program in `src/test/neo4j`, built by Maven and started with versions of its own of
/// everything: Neo4j's would not go together with ours.
final class Neo4jProgram {

    private static final String MAIN = "dev.palimpsest.datasets.peers.neo4j.CypherProcess";
    private static final String HEAP = "-Xmx2g";

    private Neo4jProgram() {}

    /// @param folder of the database
    /// @param datasets the folder of this room in the source tree
    static LineProcess started(Path folder, Path datasets)
            throws IOException, InterruptedException {
        var home = System.getProperty("java.home");
        var maven =
                new ProcessBuilder(
                                "mvn",
                                "-B",
                                "-q",
                                "-f",
                                datasets.resolve("src/test/neo4j/pom.xml").toString(),
                                "test-compile",
                                "dependency:build-classpath")
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.INHERIT);
        maven.environment().put("JAVA_HOME", home);
        if (maven.start().waitFor() != 0) {
            throw new IOException("Maven cannot build " + datasets.resolve("src/test/neo4j"));
        }
        var built = datasets.resolve("target/neo4j");
        String classpath =
                built.resolve("test-classes") + ":" + Files.readString(built.resolve("classpath"));
        var process =
                new LineProcess(
                        new ProcessBuilder(
                                        home + "/bin/java",
                                        HEAP,
                                        "--add-modules=jdk.incubator.vector",
                                        "--enable-native-access=ALL-UNNAMED",
                                        "--sun-misc-unsafe-memory-access=allow",
                                        "--add-opens=java.base/java.nio=ALL-UNNAMED",
                                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                                        "-cp",
                                        classpath,
                                        MAIN,
                                        folder.toString())
                                .redirectError(
                                        ProcessBuilder.Redirect.to(
                                                folder.resolveSibling("peer-neo4j.log").toFile()))
                                .start());
        process.await();
        return process;
    }
}
