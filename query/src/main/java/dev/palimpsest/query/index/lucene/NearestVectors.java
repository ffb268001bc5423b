package dev.palimpsest.query.index.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.lucene.index.ByteVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.VectorScorer;
import org.apache.lucene.util.BitSetIterator;

/// Finds the vectors nearest to one among the documents that pass a filter: by looking at all of
/// them where they are few, at those with the nearest sketches where they are more, through the
/// graphs of large segments where they are many.
final class NearestVectors {

    /// Up to so many vectors are all looked at, which is exact and takes 0.2 ms of CPU per
    /// thousand.
    private static final int FEW = 2_500;

    /// Up to so many sketches are looked at. Among more the graphs of large segments are asked,
    /// which costs little more for ten times as many, and misses more.
    private static final int MANY = 4_000_000;

    /// A segment with so many vectors has a graph.
    private static final int LARGE = 1_000_000;

    /// How many vectors are looked at for each one that is wanted, once their sketches were.
    private static final int SKETCHED = 32;

    /// But no more than so many, if that is still a few for each.
    private static final int MOST_SKETCHED = 4_096;

    private static final int LEAST_SKETCHED = 4;

    /// The graph is asked for at least so many: asked for ten alone it misses one in eight.
    private static final int LEAST_ASKED = 64;

    private final IndexSearcher searcher;
    private final byte[] vector;
    private final int limit;
    private final Effort effort;
    private final PerSegment<Sketches> sketches;

    /// Up to how many rows all vectors are looked at, up to how many all sketches, and from how
    /// many vectors on a segment has a graph.
    record Effort(long few, long many, int graphFrom) {
        static final Effort USUAL = new Effort(FEW, MANY, LARGE);
        static final Effort EXACT = new Effort(Long.MAX_VALUE, Long.MAX_VALUE, LARGE);
    }

    NearestVectors(
            IndexSearcher searcher,
            byte[] vector,
            int limit,
            Effort effort,
            PerSegment<Sketches> sketches) {
        this.searcher = searcher;
        this.vector = vector;
        this.limit = limit;
        this.effort = effort;
        this.sketches = sketches;
    }

    /// Documents of one segment among which to look.
    record Among(LeafReaderContext leaf, SegmentRows rows) {}

    /// Best first; the score is the cosine.
    List<Match> among(List<Among> passing) throws IOException {
        var found = new ArrayList<ScoreDoc>();
        var left = new ArrayList<Among>();
        boolean many = count(passing) > effort.many;
        for (var segment : passing) {
            if (many && segment.leaf().reader().maxDoc() >= effort.graphFrom) {
                found.addAll(walk(segment));
            } else {
                left.add(segment);
            }
        }
        for (var segment : count(left) > effort.few ? sketched(left) : left) {
            found.addAll(scan(segment));
        }
        var best = best(found);
        for (ScoreDoc document : best) {
            document.score = cosine(document.score);
        }
        return Matches.best(Matches.of(searcher, best), limit);
    }

    /// The best of all segments; more than wanted if the last are equally good.
    private ScoreDoc[] best(List<ScoreDoc> found) {
        found.sort(Comparator.<ScoreDoc>comparingDouble(hit -> hit.score).reversed());
        int count = Math.min(limit, found.size());
        while (0 < count
                && count < found.size()
                && isAsGood(found.get(count), found.get(count - 1))) {
            count++;
        }
        return found.subList(0, count).toArray(ScoreDoc[]::new);
    }

    private static boolean isAsGood(ScoreDoc one, ScoreDoc other) {
        return Float.compare(one.score, other.score) == 0;
    }

    private static long count(List<Among> segments) {
        return segments.stream().mapToLong(segment -> segment.rows().count()).sum();
    }

    private List<Among> sketched(List<Among> passing) throws IOException {
        var sketched = new ArrayList<Sketches.Sketched>();
        for (var segment : passing) {
            sketched.add(new Sketches.Sketched(segment, sketches.of(segment.leaf().reader())));
        }
        int wanted = Math.max(limit, LEAST_ASKED);
        int looked = Math.max(LEAST_SKETCHED * wanted, Math.min(SKETCHED * wanted, MOST_SKETCHED));
        return Sketches.nearest(sketched, vector, looked);
    }

    private List<ScoreDoc> scan(Among segment) throws IOException {
        ByteVectorValues vectors = segment.leaf().reader().getByteVectorValues(Fields.VECTOR);
        VectorScorer scorer = vectors == null ? null : vectors.scorer(vector);
        if (scorer == null) {
            return List.of();
        }
        var best = new PriorityQueue<ScoreDoc>(Comparator.comparingDouble(hit -> hit.score));
        float worst = Float.NEGATIVE_INFINITY;
        DocIdSetIterator withVector = scorer.iterator();
        var candidates = new BitSetIterator(segment.rows().bits(), segment.rows().count());
        int document = candidates.nextDoc();
        while (document != DocIdSetIterator.NO_MORE_DOCS) {
            int reached =
                    withVector.docID() < document
                            ? withVector.advance(document)
                            : withVector.docID();
            if (reached != document) {
                document = candidates.advance(reached);
                continue;
            }
            float score = scorer.score();
            if (score > worst) {
                best.add(new ScoreDoc(document + segment.leaf().docBase, score));
                if (best.size() > limit) {
                    worst = best.remove().score;
                }
            }
            document = candidates.nextDoc();
        }
        return List.copyOf(best);
    }

    private List<ScoreDoc> walk(Among segment) throws IOException {
        var accepted =
                AcceptDocs.fromIteratorSupplier(
                        () -> new BitSetIterator(segment.rows().bits(), segment.rows().count()),
                        null,
                        segment.leaf().reader().maxDoc());
        ScoreDoc[] found =
                segment.leaf()
                        .reader()
                        .searchNearestVectors(
                                Fields.VECTOR,
                                vector,
                                Math.max(limit, LEAST_ASKED),
                                accepted,
                                Integer.MAX_VALUE)
                        .scoreDocs;
        for (ScoreDoc document : found) {
            document.doc += segment.leaf().docBase;
        }
        return List.of(found);
    }

    /// Lucene scores a cosine as (1 + cosine) / 2.
    private static float cosine(float score) {
        return 2 * score - 1;
    }
}
