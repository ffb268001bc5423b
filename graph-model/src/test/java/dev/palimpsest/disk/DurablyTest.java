package dev.palimpsest.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurablyTest {

    @TempDir private Path folder;

    private static Durably.Content text(String text) {
        return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theNewFileTakesThePlaceOfTheOldOne() throws IOException {
        var file = folder.resolve("file");
        Durably.replace(file, text("a longer one"));
        Durably.replace(file, text("new"));
        assertThat(file).hasContent("new");
        assertThat(folder).isDirectoryContaining(path -> path.equals(file));
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void theOldFileStaysWhereTheNewOneCannotBeWritten() throws IOException {
        var file = folder.resolve("file");
        Durably.replace(file, text("old"));
        assertThatThrownBy(() ->
                        Durably.replace(
                                file,
                                out -> {
                                    out.write(1);
                                    throw new IOException("no space left");
                                }))
                .hasMessage("no space left");
        assertThat(file).hasContent("old");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void deletingTakesWhatIsLeftOfAnUnfinishedOneToo() throws IOException {
        var file = folder.resolve("file");
        Files.writeString(folder.resolve("file.unfinished"), "half");
        Durably.delete(file);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFolderMovesWithAllThatIsInIt() throws IOException {
        var from = Files.createDirectory(folder.resolve("from"));
        Files.writeString(from.resolve("a"), "1");
        Durably.move(from, folder.resolve("to"));
        assertThat(folder.resolve("to").resolve("a")).hasContent("1");
        assertThat(from).doesNotExist();
    }

    @Test
    void aFileInAFolderThatIsNotThereIsDeletedAlready() throws IOException {
        var file = folder.resolve("none").resolve("file");
        Durably.delete(file);
        assertThat(file.getParent()).doesNotExist();
    }

    @Test
    void whatLiesWhereTheNextOneIsWrittenAndIsNoFileIsLeftThere() throws IOException {
        var inTheWay = Files.createDirectory(folder.resolve("file.unfinished"));
        assertThatThrownBy(() -> Durably.replace(folder.resolve("file"), out -> out.write(1)))
                .isInstanceOf(IOException.class);
        assertThat(inTheWay).isDirectory();
    }
}
