package dev.palimpsest.query.index.lucene;

import dev.palimpsest.model.RowId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Embedder;
import dev.palimpsest.port.Embeddings;
import dev.palimpsest.port.Gone;
import dev.palimpsest.port.Projection;
import dev.palimpsest.port.Row;
import dev.palimpsest.query.embed.EmbeddedTexts;
import dev.palimpsest.time.Position;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnByteVectorField;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;

/// The projection by which meaning is found: a document with a vector for every memory, every
/// profile and every fact that has a sentence. It lags behind the words by as long as embedding
/// takes.
///
/// Each model has a folder of its own, so that another model begins with an empty index.
///
/// One thread applies, clears and closes; any may search.
public final class LuceneVectorIndex implements Projection, AutoCloseable {

    private final EmbeddedTexts texts;
    private final int dimensions;
    private final NearestVectors.Effort effort;
    private final SameRows same = new SameRows();
    private final PerSegment<Sketches> sketches = PerSegment.ofCore(Sketches::read);
    private final SpaceIndexes indexes;

    /// Opens nothing yet.
    ///
    /// @param folder its own; made if it is not there
    public LuceneVectorIndex(Path folder, Embeddings known, Embedder embedder) {
        this(folder, known, embedder, OpenIndexes.Limits.USUAL, NearestVectors.Effort.USUAL);
    }

    LuceneVectorIndex(
            Path folder,
            Embeddings known,
            Embedder embedder,
            OpenIndexes.Limits limits,
            NearestVectors.Effort effort) {
        this.effort = effort;
        this.texts = new EmbeddedTexts(known, embedder);
        this.dimensions = embedder.dimensions();
        this.indexes =
                new SpaceIndexes(
                        name(),
                        folder.resolve(embedder.model().replaceAll("[^A-Za-z0-9._-]", "_")),
                        IndexFormat.ofVectors(effort.graphFrom()),
                        new Documents(),
                        limits);
    }

    /// Of the rows selected in the index of words those whose meaning is nearest to `vector`, best
    /// first by cosine. What has no vector yet is left out.
    ///
    /// @throws StoreException.Unavailable if the index of words has not come to the selection's
    ///   position
    public List<Match> nearest(
            SpaceId space, byte[] vector, LuceneTextIndex words, Selection selection, int limit) {
        return nearest(space, vector, words, selection, limit, effort);
    }

    /// The same without short cuts, which may miss one: every vector that is selected is looked at.
    /// For whoever wants to know how good [#nearest] is.
    public List<Match> nearestOfAll(
            SpaceId space, byte[] vector, LuceneTextIndex words, Selection selection, int limit) {
        return nearest(space, vector, words, selection, limit, NearestVectors.Effort.EXACT);
    }

    private List<Match> nearest(
            SpaceId space,
            byte[] vector,
            LuceneTextIndex words,
            Selection selection,
            int limit,
            NearestVectors.Effort with) {
        if (vector.length != dimensions) {
            throw new IllegalArgumentException(
                    "vectors have " + dimensions + " dimensions here, not " + vector.length);
        }
        int bounded = LuceneTextIndex.bounded(limit);
        return words.search(
                space,
                selection,
                List.of(),
                selected -> {
                    var there = same.there(selected);
                    return indexes.search(
                            space,
                            Position.START,
                            List.of(),
                            searcher ->
                                    new NearestVectors(searcher, vector, bounded, with, sketches)
                                            .among(here(searcher, there)));
                });
    }

    /// The vectors of these rows; what has none yet is left out.
    public Map<RowId, byte[]> vectors(SpaceId space, Collection<RowId> ids) {
        return indexes.search(
                space,
                Position.START,
                Map.of(),
                searcher -> new StoredRows(searcher.getIndexReader()).vectors(ids));
    }

    private List<NearestVectors.Among> here(IndexSearcher searcher, List<SameRows.There> there)
            throws IOException {
        var here = new ArrayList<NearestVectors.Among>();
        for (var leaf : searcher.getIndexReader().leaves()) {
            var rows = same.here(leaf, there);
            if (!rows.isEmpty()) {
                here.add(new NearestVectors.Among(leaf, rows));
            }
        }
        return here;
    }

    @Override
    public String name() {
        return "vectors";
    }

    /// Embedding takes milliseconds a text, of cores that others need.
    @Override
    public boolean givesWay() {
        return true;
    }

    @Override
    public Optional<Checkpoint> checkpoint() {
        return indexes.checkpoint();
    }

    @Override
    public void apply(List<Row> rows, Checkpoint upTo) {
        indexes.apply(rows, upTo);
    }

    @Override
    public void requireSound() {
        indexes.requireSound();
    }

    @Override
    public void drop(List<Gone> gone) {
        indexes.drop(gone);
    }

    @Override
    public void scour(SpaceId space) {
        indexes.scour(space);
    }

    @Override
    public Position covers() {
        return indexes.covers();
    }

    @Override
    public void clear() {
        indexes.clear();
    }

    @Override
    public void rows(SpaceId space, Consumer<HeldRow> sink) {
        indexes.rows(space, sink);
    }

    @Override
    public boolean holds(Row row) {
        return RowDocuments.meaning(row).isPresent();
    }

    @Override
    public void close() {
        indexes.close();
    }

    private final class Documents implements DocumentSource {

        @Override
        public int layout() {
            return CheckpointFile.FIRST_LAYOUT;
        }

        @Override
        public boolean holds(Row row) {
            return LuceneVectorIndex.this.holds(row);
        }

        @Override
        public List<Document> of(List<Row> rows) {
            List<byte[]> vectors =
                    texts.vectors(
                            rows.stream()
                                    .map(row -> RowDocuments.meaning(row).orElseThrow())
                                    .toList());
            var documents = new ArrayList<Document>(rows.size());
            for (int i = 0; i < rows.size(); i++) {
                var document = RowDocuments.filterable(rows.get(i));
                document.add(
                        new KnnByteVectorField(
                                Fields.VECTOR, vectors.get(i), VectorSimilarityFunction.COSINE));
                documents.add(document);
            }
            return documents;
        }
    }
}
