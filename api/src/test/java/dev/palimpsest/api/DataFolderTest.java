package dev.palimpsest.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir Path temporary;

    private Path root = Path.of("");

    @BeforeEach
    void nameTheFolder() throws IOException {
        root = temporary.toRealPath().resolve("data");
    }

    @Test
    void isMadeWhenItIsNotThere() {
        try (var folder = DataFolder.take(root, "serve")) {
            assertThat(root.resolve("format")).hasContent("1\n");
            assertThat(folder.graph()).isEqualTo(root.resolve("graph"));
        }
    }

    @Test
    void saysWhoHoldsItAndWhere() {
        try (var folder = DataFolder.take(root, "serve")) {
            assertThat(DataFolder.holder(root).orElseThrow().url()).isEmpty();
            folder.announce(URI.create("http://127.0.0.1:7400"));
            var holder = DataFolder.holder(root).orElseThrow();
            assertThat(holder.pid()).isEqualTo(ProcessHandle.current().pid());
            assertThat(holder.url()).contains(URI.create("http://127.0.0.1:7400"));
        }
    }

    @Test
    void isNobodysAfterItWasGivenBack() {
        DataFolder.take(root, "serve").close();
        assertThat(DataFolder.holder(root)).isEqualTo(Optional.empty());
        DataFolder.take(root, "ingest").close();
    }

    @Test
    void isTakenOnlyOnceAndTheLineNamesTheHolder() {
        try (var folder = DataFolder.take(root, "serve")) {
            folder.announce(URI.create("http://127.0.0.1:7400"));
            assertThatThrownBy(() -> DataFolder.take(root, "demo"))
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(2))
                    .hasMessage(
                            root
                                    + " is in use by process "
                                    + ProcessHandle.current().pid()
                                    + " (palimpsest serve on http://127.0.0.1:7400)");
        }
    }

    @Test
    void staysHeldThoughOthersAskWhoHoldsIt() throws Exception {
        try (var _ = DataFolder.take(root, "serve")) {
            assertThat(DataFolder.holder(root)).isPresent();
            assertThat(otherProcessCanLock(root.resolve("lock"))).isFalse();
        }
        assertThat(otherProcessCanLock(root.resolve("lock"))).isTrue();
    }

    @Test
    void isTakenThoughAnotherProcessLooksAtThatMomentWhoHoldsIt() throws Exception {
        DataFolder.take(root, "serve").close();
        var looking = lockElsewhere(root.resolve("lock"), 500);
        try (var said = looking.inputReader()) {
            assertThat(said.readLine()).isEqualTo("locked");
            DataFolder.take(root, "serve").close();
        }
        assertThat(looking.waitFor()).isZero();
    }

    @Test
    void believesNoFileThatAKilledProcessLeft() throws IOException {
        DataFolder.take(root, "serve").close();
        Files.writeString(root.resolve("holder"), "1\nserve\nhttp://127.0.0.1:7400\n");
        assertThat(DataFolder.holder(root)).isEmpty();
    }

    @Test
    void refusesAFolderOfANewerProgram() throws IOException {
        Files.createDirectories(root);
        Files.writeString(root.resolve("format"), "2\n");
        assertThatThrownBy(() -> DataFolder.take(root, "serve"))
                .hasMessageContaining("was written by a newer palimpsest (format 2");
    }

    @Test
    void refusesAFolderInWhichSomethingElseLies() throws IOException {
        Files.createDirectories(root);
        Files.writeString(root.resolve("letters.txt"), "dear");
        assertThatThrownBy(() -> DataFolder.take(root, "serve"))
                .hasMessageContaining("holds something else (letters.txt)");
    }

    @Test
    void refusesAPathThatIsAFileInOneLine() throws IOException {
        Files.writeString(root, "no folder");
        assertThatThrownBy(() -> DataFolder.take(root, "serve"))
                .isInstanceOf(Failure.class)
                .hasMessage(root + " is a file; name a folder with --data");
        assertThatThrownBy(() -> DataFolder.take(root.resolve("below"), "serve"))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith("cannot use the data folder: " + root);
    }

    @Test
    void leavesNothingInAFolderThatIsNotOurs() throws IOException {
        Files.createDirectories(root);
        Files.writeString(root.resolve("letters.txt"), "dear");
        assertThatThrownBy(() -> DataFolder.take(root, "serve")).isInstanceOf(Failure.class);
        assertThatThrownBy(() -> DataFolder.requireStore(root)).isInstanceOf(Failure.class);
        assertThat(DataFolder.holder(root)).isEmpty();
        Files.writeString(root.resolve("lock"), "theirs");
        assertThat(DataFolder.holder(root)).isEmpty();
        try (var inside = Files.list(root)) {
            assertThat(inside.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("letters.txt", "lock");
        }
    }

    @Test
    void tellsAStoreFromNone() {
        assertThatThrownBy(() -> DataFolder.requireStore(root))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(2))
                .hasMessageContaining("there is no store in " + root)
                .hasMessageContaining("serve");
        assertThat(root).doesNotExist();
        DataFolder.take(root, "serve").close();
        DataFolder.requireStore(root);
    }

    private static boolean otherProcessCanLock(Path lock) throws Exception {
        return lockElsewhere(lock, 0).waitFor() == 0;
    }

    private static Process lockElsewhere(Path lock, int millis) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        TryLock.class.getName(),
                        lock.toString(),
                        Integer.toString(millis))
                .redirectError(Redirect.INHERIT)
                .start();
    }
}
