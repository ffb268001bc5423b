package dev.palimpsest.query.index.lucene;

import dev.palimpsest.model.RowId;
import dev.palimpsest.port.Gone;
import dev.palimpsest.port.Projection.Checkpoint;
import dev.palimpsest.port.Row;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.query.index.lucene.RowDocuments.Held;
import dev.palimpsest.time.Moments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.NRTCachingDirectory;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;

/// The index of one space, open. It starts out readable; the first rows open it for writing.
///
/// One thread writes. [#acquire] and [#close] are called under the lock of [SpaceIndexes].
final class SpaceIndex {

    /// Segments of a few rows stay in memory until a commit: a third less work for small batches.
    private static final double SMALL_SEGMENT_MB = 4;

    private static final double CACHE_MB = 16;

    private static final String EPOCH = "epoch";
    private static final String POSITION = "position";
    private static final String HIGHEST = "highest";

    private final String name;
    private final Directory directory;
    private final IndexFormat format;
    private SearcherManager searchers;
    private @Nullable IndexWriter writer;

    /// No document here was recorded after this position.
    private long highest;

    /// The position the last commit was made at.
    private long committed;

    /// When rows written since the last refresh were closed, or that they were not.
    private final Map<RowId, Long> unseen = new HashMap<>();

    private boolean uncommitted;
    private boolean prepared;

    /// Opens what is there; a directory without index must be opened with [#create].
    static SpaceIndex open(String name, Path folder, IndexFormat format) throws IOException {
        var directory =
                new NRTCachingDirectory(FSDirectory.open(folder), SMALL_SEGMENT_MB, CACHE_MB);
        return new SpaceIndex(name, directory, format);
    }

    /// Makes an empty index.
    static void create(String name, Path folder, IndexFormat format) throws IOException {
        try (var directory = FSDirectory.open(folder);
                var writer = new IndexWriter(directory, format.settings())) {
            writer.commit();
        } catch (IllegalArgumentException e) {
            throw new IOException("index " + name + " cannot be made", e);
        }
    }

    private SpaceIndex(String name, Directory directory, IndexFormat format) throws IOException {
        this.name = name;
        this.directory = directory;
        this.format = format;
        try {
            var reader = DirectoryReader.open(directory);
            Map<String, String> kept = reader.getIndexCommit().getUserData();
            this.highest = Long.parseLong(kept.getOrDefault(HIGHEST, "0"));
            this.committed = Long.parseLong(kept.getOrDefault(POSITION, "0"));
            this.searchers = new SearcherManager(reader, new Searchers());
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    String name() {
        return name;
    }

    long committed() {
        return committed;
    }

    boolean isWriting() {
        return writer != null;
    }

    /// How many rows were written that readers do not see.
    int unseen() {
        return unseen.size();
    }

    boolean isUncommitted() {
        return uncommitted;
    }

    /// A searcher over what was last refreshed; give its reader back with `decRef`.
    IndexSearcher acquire() throws IOException {
        return searchers.acquire();
    }

    /// From now on this can be written. Readers see the same as before.
    void openForWriting() throws IOException {
        if (writer == null) {
            var opened = new IndexWriter(directory, format.settings());
            var readers = searchers;
            try {
                searchers = new SearcherManager(opened, new Searchers());
            } catch (IOException | RuntimeException e) {
                opened.rollback();
                throw e;
            }
            writer = opened;
            readers.close();
        }
    }

    /// Applies rows: adds what is not there, writes anew what others say than before, closes what
    /// is there and was closed since, leaves the rest alone.
    void apply(List<Row> rows, DocumentSource documents) throws IOException {
        var out = requireWriter();
        var missing = new ArrayList<Row>();
        var closed = new ArrayList<Held>();
        var supported = new ArrayList<Row>();
        IndexSearcher searcher = acquire();
        try {
            var stored = new StoredRows(searcher.getIndexReader());
            for (Row row : rows) {
                sort(row, stored, missing, closed, supported);
            }
        } finally {
            searcher.getIndexReader().decRef();
        }
        uncommitted |= !(missing.isEmpty() && closed.isEmpty() && supported.isEmpty());
        List<Document> made = made(missing, documents);
        for (Document document : made) {
            out.addDocument(document);
        }
        List<Document> again = made(supported, documents);
        for (int i = 0; i < again.size(); i++) {
            out.updateDocument(term(held(supported.get(i)).id()), again.get(i));
        }
        for (Held held : closed) {
            out.updateDocValues(
                    term(held.id()),
                    new NumericDocValuesField(
                            Fields.UNTIL_POSITION, held.recorded().untilPosition()));
        }
    }

    /// What fails here is no failure of the index.
    private List<Document> made(List<Row> rows, DocumentSource documents) {
        try {
            return documents.of(rows);
        } catch (StoreException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new StoreException.Unavailable(
                    "the documents of index " + name + " cannot be made: " + e.getMessage(), e);
        }
    }

    /// Drops what was forgotten, and lets readers see that.
    void drop(List<Gone> gone) throws IOException {
        var out = requireWriter();
        for (var one : gone) {
            switch (one) {
                case Gone.OfEntity(var _, long node) ->
                        out.deleteDocuments(
                                LongField.newExactQuery(Fields.of(Filter.Role.SELF), node),
                                LongField.newExactQuery(Fields.of(Filter.Role.OBJECT), node));
                case Gone.OfMemory memory -> out.deleteDocuments(term(memory.id()));
                case Gone.OfProfile profile -> out.deleteDocuments(term(profile.id()));
                case Gone.OfFact fact -> out.deleteDocuments(term(fact.id()));
                case Gone.OfSpace _ -> {}
            }
        }
        uncommitted = true;
        refresh();
    }

    /// Writes anew whatever files still hold something that was dropped.
    void scour() throws IOException {
        requireWriter().forceMergeDeletes();
        uncommitted = true;
    }

    /// Deletes files that nobody reads any more.
    void deleteUnusedFiles() throws IOException {
        requireWriter().deleteUnusedFiles();
    }

    /// Decides what is to be done about a row.
    private void sort(
            Row row, StoredRows stored, List<Row> missing, List<Held> closed, List<Row> supported)
            throws IOException {
        Held held = held(row);
        long until = held.recorded().untilPosition();
        Long known = unseen.get(held.id());
        if (known == null && held.recorded().fromPosition() <= highest) {
            known = stored.untilPosition(held.id());
            if (known != null && !stored.sources(held.id()).equals(held.sources())) {
                supported.add(row);
                unseen.put(held.id(), until);
                return;
            }
        }
        if (known == null) {
            missing.add(row);
            unseen.put(held.id(), until);
            highest = Math.max(highest, held.recorded().fromPosition());
        } else if (known == Moments.OPEN && until != Moments.OPEN) {
            closed.add(held);
            unseen.put(held.id(), until);
        }
    }

    /// Lets readers see everything written.
    void refresh() throws IOException {
        searchers.maybeRefreshBlocking();
        unseen.clear();
    }

    /// Writes and syncs everything, the slow part of a commit, while others may read.
    ///
    /// @param upTo everything of this space up to here was written
    void prepareCommit(Checkpoint upTo) throws IOException {
        if (uncommitted && !prepared) {
            var out = requireWriter();
            out.setLiveCommitData(
                    Map.of(
                                    EPOCH, upTo.epoch().toString(),
                                    POSITION, Long.toString(upTo.position().number()),
                                    HIGHEST, Long.toString(highest))
                            .entrySet());
            out.prepareCommit();
            prepared = true;
        }
    }

    /// Makes everything written durable.
    void commit(Checkpoint upTo) throws IOException {
        prepareCommit(upTo);
        requireWriter().commit();
        prepared = false;
        committed = upTo.position().number();
        uncommitted = false;
    }

    /// Gives up files and memory; what was not committed is lost. Searchers that were acquired stay
    /// good until they are given back.
    void close() throws IOException {
        IOUtils.close(searchers, writer == null ? null : writer::rollback, directory);
    }

    private IndexWriter requireWriter() {
        if (writer == null) {
            throw new IllegalStateException("index " + name + " is not open for writing");
        }
        return writer;
    }

    private static Held held(Row row) {
        return RowDocuments.held(row).orElseThrow();
    }

    private static Term term(RowId id) {
        return new Term(Fields.ID, Fields.term(id));
    }

    private static final class Searchers extends SearcherFactory {
        @Override
        public IndexSearcher newSearcher(IndexReader reader, @Nullable IndexReader previous) {
            var searcher = new IndexSearcher(reader);
            searcher.setSimilarity(Words.SIMILARITY);
            return searcher;
        }
    }
}
