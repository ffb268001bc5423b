package dev.palimpsest.query.index.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnByteVectorField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.Test;

/// Only large segments get a graph of their vectors.
class IndexFormatTest {

    private static final long SEED = 5;
    private static final int COUNT = 3_000;

    /// A graph names some neighbours of each vector.
    private static final int LEAST_BYTES_OF_GRAPH = 4 * COUNT;

    @Test
    void aSegmentWithAsManyVectorsHasAGraph() throws IOException {
        assertThat(bytesOfGraph(COUNT / 2)).isGreaterThan(LEAST_BYTES_OF_GRAPH);
    }

    @Test
    void aSmallerOneHasNone() throws IOException {
        assertThat(bytesOfGraph(2 * COUNT)).isLessThan(COUNT / 4);
    }

    private static long bytesOfGraph(int graphFrom) throws IOException {
        var random = new Random(SEED);
        try (var directory = new ByteBuffersDirectory()) {
            var settings = IndexFormat.ofVectors(graphFrom).settings().setUseCompoundFile(false);
            settings.getMergePolicy().setNoCFSRatio(0);
            try (var writer = new IndexWriter(directory, settings)) {
                for (int i = 0; i < COUNT; i++) {
                    var vector = new byte[16];
                    random.nextBytes(vector);
                    var document = new Document();
                    document.add(
                            new KnnByteVectorField(
                                    Fields.VECTOR, vector, VectorSimilarityFunction.COSINE));
                    writer.addDocument(document);
                }
                writer.forceMerge(1);
                writer.commit();
            }
            long bytes = 0;
            for (String file : Arrays.asList(directory.listAll())) {
                bytes += file.endsWith(".vex") ? directory.fileLength(file) : 0;
            }
            return bytes;
        }
    }
}
