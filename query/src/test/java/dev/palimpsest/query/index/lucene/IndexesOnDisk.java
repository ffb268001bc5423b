package dev.palimpsest.query.index.lucene;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/// Indexes of words and vectors in a folder, filled, opened again, and damaged.
final class IndexesOnDisk {

    final Example space = new Example("demo");
    final LettersEmbedder letters = new LettersEmbedder();
    private final Path temporary;

    IndexesOnDisk(Path temporary) {
        this.temporary = temporary;
    }

    Path path(String name) {
        return temporary.resolve(name);
    }

    LuceneTextIndex words() {
        return new LuceneTextIndex(path("text"));
    }

    LuceneVectorIndex vectors() {
        return new LuceneVectorIndex(path("vectors"), letters, letters);
    }

    void fill() {
        try (var index = words()) {
            write(50);
            space.follow(index);
        }
    }

    void write(int memories) {
        for (int i = 0; i < memories; i++) {
            space.keep("m-" + space.head().number(), "a quake was felt");
        }
    }

    String flip(Random random) throws IOException {
        var files = files().stream().filter(file -> !file.endsWith("write.lock")).sorted().toList();
        var file = files.get(random.nextInt(files.size()));
        long at = (long) (random.nextDouble() * Files.size(file));
        flip(file, at);
        return file.getFileName() + " at " + at;
    }

    void flipTheMiddleOfTheLargest() throws IOException {
        Path largest = largest();
        flip(largest, Files.size(largest) / 2);
    }

    static void flip(Path file, long at) throws IOException {
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            int before = bytes.read();
            bytes.seek(at);
            bytes.write(~before);
        }
    }

    Path largest() throws IOException {
        return files().stream()
                .max(Comparator.comparingLong(file -> file.toFile().length()))
                .orElseThrow();
    }

    List<Path> files() throws IOException {
        try (var files = Files.list(path("text/spaces/demo"))) {
            return files.toList();
        }
    }
}
