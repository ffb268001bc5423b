package dev.palimpsest.query.index.lucene;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.TieredMergePolicy;

/// How an index is written. Any can be read, however it was written.
record IndexFormat(Analyzer analyzer, Codec codec) {

    /// Fewer segments make questions faster, more make writing faster.
    private static final double SEGMENTS_PER_TIER = 3;

    private static final double RAM_BUFFER_MB = 24;

    static IndexFormat ofWords(Analyzer analyzer) {
        return new IndexFormat(analyzer, Codec.getDefault());
    }

    /// @param graphFrom a segment with about so many vectors or more gets a graph of them, which
    ///   costs most of what writing it does
    static IndexFormat ofVectors(int graphFrom) {
        var format =
                new Lucene99HnswVectorsFormat(
                        Lucene99HnswVectorsFormat.DEFAULT_MAX_CONN,
                        Lucene99HnswVectorsFormat.DEFAULT_BEAM_WIDTH,
                        Lucene99HnswVectorsFormat.DEFAULT_NUM_MERGE_WORKER,
                        null,
                        (int) (graphFrom / Math.log(Math.max(2, graphFrom))));
        return new IndexFormat(
                new KeywordAnalyzer(),
                new Lucene104Codec() {
                    @Override
                    public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                        return format;
                    }
                });
    }

    IndexWriterConfig settings() {
        var merging = new TieredMergePolicy();
        merging.setSegmentsPerTier(SEGMENTS_PER_TIER);
        merging.setForceMergeDeletesPctAllowed(0);
        return new IndexWriterConfig(analyzer)
                .setCodec(codec)
                .setSimilarity(Words.SIMILARITY)
                .setRAMBufferSizeMB(RAM_BUFFER_MB)
                .setMergePolicy(merging)
                .setCommitOnClose(false);
    }
}
