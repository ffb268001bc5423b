package dev.palimpsest.query.index.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.Memory;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Profile;
import dev.palimpsest.model.RowId;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.question.Kind;
import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.space.RandomRegions;
import dev.palimpsest.time.Allen;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Moments;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.SloppyMath;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is worked out on columns is what Lucene's queries say, and what comes first in an order is
/// what a sorted list begins with.
class SegmentFilterTest {

    private static final int WRITES = 1_200;
    private static final int ROWS_PER_SEGMENT = 1_000;
    private static final int FILTERS = 400;
    private static final int ORDERS = 150;
    private static final int ENTITIES = 150;
    private static final int MICROS = 60;

    private final Example space = new Example("random");
    private final List<RowId> ids = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whatPassesIsWhatLuceneFinds(long seed) throws IOException {
        var random = new Random(seed);
        try (var directory = new ByteBuffersDirectory();
                var reader = indexed(random, directory)) {
            var searcher = new IndexSearcher(reader);
            var columns = PerSegment.ofCore(Columns::read);
            long passed = 0;
            for (int number = 0; number < FILTERS; number++) {
                var filter = filter(random, 3);
                for (var leaf : reader.leaves()) {
                    var among = some(random, leaf);
                    var expected = lucene(searcher, leaf, filter);
                    expected.and(among.bits());
                    var passing =
                            new SegmentFilter(searcher, leaf, columns.of(leaf.reader()), Disc::new)
                                    .passing(filter, among);
                    assertThat(passing.bits())
                            .as("seed %d, filter %d: %s", seed, number, filter)
                            .isEqualTo(expected);
                    assertThat(passing.count()).isEqualTo(expected.cardinality());
                    passed += passing.count();
                }
            }
            assertThat(passed).as("rows that passed, seed %d", seed).isGreaterThan(10 * FILTERS);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatComesFirstIsWhatASortedListBeginsWith(long seed) throws IOException {
        var random = new Random(seed);
        try (var directory = new ByteBuffersDirectory();
                var reader = indexed(random, directory)) {
            var searcher = new IndexSearcher(reader);
            var search = new FilteredSearch();
            var point = new RandomRegions(random);
            for (int number = 0; number < ORDERS; number++) {
                var filter = random.nextInt(3) == 0 ? Filter.ANYTHING : filter(random, 2);
                var order =
                        switch (number % 3) {
                            case 0 -> new Order.Nearest(point.point());
                            case 1 -> new Order.Closest(moment(random));
                            default -> new Order.Newest();
                        };
                int limit = 1 + random.nextInt(random.nextBoolean() ? 20 : 2_000);
                var selection = new Selection(filter, space.head());
                assertThat(search.inOrder(searcher, selection, order, limit))
                        .as("seed %d, %d of %s by %s", seed, limit, filter, order)
                        .extracting(Match::id)
                        .isEqualTo(sorted(searcher, filter, order, limit));
            }
        }
    }

    /// All that is visible and passes, sorted, and cut off.
    private List<RowId> sorted(IndexSearcher searcher, Filter filter, Order order, int limit)
            throws IOException {
        record Candidate(double key, long start, RowId id) {}
        var candidates = new ArrayList<Candidate>();
        for (var leaf : searcher.getIndexReader().leaves()) {
            var visible =
                    CurrentRows.read(leaf.reader())
                            .visibleAt(
                                    space.head().number(),
                                    PerSegment.ofCore(Columns::read)
                                            .of(leaf.reader())
                                            .fromPosition());
            var passing = lucene(searcher, leaf, filter);
            passing.and(visible.bits());
            var documents =
                    IntStream.range(0, passing.length())
                            .filter(passing::get)
                            .mapToObj(document -> new ScoreDoc(leaf.docBase + document, 0))
                            .toArray(ScoreDoc[]::new);
            var matches = Matches.of(searcher, documents);
            for (int i = 0; i < documents.length; i++) {
                int document = documents[i].doc - leaf.docBase;
                Match match = matches.get(i);
                long start = match.time().map(Interval::fromMicros).orElse(0L);
                switch (order) {
                    case Order.Nearest(var around) ->
                            match.place()
                                    .map(place -> farness(around, place))
                                    .ifPresent(away ->
                                            candidates.add(new Candidate(away, 0, match.id())));
                    case Order.Closest(var moment) ->
                            match.time()
                                    .map(time -> gap(time, Moments.toMicros(moment)))
                                    .ifPresent(gap ->
                                            candidates.add(new Candidate(gap, start, match.id())));
                    case Order.Newest _ ->
                            candidates.add(
                                    new Candidate(
                                            -StoredRows.number(
                                                    leaf.reader(), Fields.FROM_POSITION, document),
                                            0,
                                            match.id()));
                }
            }
        }
        return candidates.stream()
                .sorted(
                        Comparator.comparingDouble(Candidate::key)
                                .thenComparing(Candidate::start, Comparator.reverseOrder())
                                .thenComparing(one -> one.id().value(), Comparator.reverseOrder()))
                .limit(limit)
                .map(Candidate::id)
                .toList();
    }

    /// What rises with the distance between two points.
    private static double farness(GeoPoint one, GeoPoint other) {
        return SloppyMath.haversinSortKey(
                one.latitude(), one.longitude(), other.latitude(), other.longitude());
    }

    private static double gap(Interval time, long moment) {
        if (moment < time.fromMicros()) {
            return (double) time.fromMicros() - moment;
        }
        return moment >= time.untilMicros() ? (double) moment - time.untilMicros() : 0;
    }

    private static FixedBitSet lucene(IndexSearcher searcher, LeafReaderContext leaf, Filter filter)
            throws IOException {
        var found = new FixedBitSet(leaf.reader().maxDoc());
        var query = searcher.rewrite(FilterQueries.of(filter));
        var scorer = searcher.createWeight(query, ScoreMode.COMPLETE_NO_SCORES, 1).scorer(leaf);
        if (scorer != null) {
            found.or(scorer.iterator());
        }
        return found;
    }

    private static SegmentRows some(Random random, LeafReaderContext leaf) {
        int oneOf = new int[] {1, 1, 2, 20, 200}[random.nextInt(5)];
        var some = new FixedBitSet(leaf.reader().maxDoc());
        for (int document = 0; document < some.length(); document++) {
            if (random.nextInt(oneOf) == 0) {
                some.set(document);
            }
        }
        return SegmentRows.of(some);
    }

    /// Several segments: the newest images of all rows that were ever written.
    private DirectoryReader indexed(Random random, ByteBuffersDirectory directory)
            throws IOException {
        write(random);
        var config = new IndexWriterConfig(Words.analyzer()).setMergePolicy(NoMergePolicy.INSTANCE);
        try (var writer = new IndexWriter(directory, config)) {
            int written = 0;
            for (var row : space.scribe.rows()) {
                var held = RowDocuments.held(row);
                if (held.isPresent()) {
                    ids.add(held.get().id());
                    var document = RowDocuments.filterable(row);
                    RowDocuments.addWords(document, row);
                    writer.addDocument(document);
                    if (++written % ROWS_PER_SEGMENT == 0) {
                        writer.flush();
                    }
                }
            }
        }
        return DirectoryReader.open(directory);
    }

    private void write(Random random) {
        var points = new RandomRegions(random);
        for (int i = 0; i < WRITES; i++) {
            var subject = "e" + random.nextInt(ENTITIES);
            switch (random.nextInt(6)) {
                case 0 -> say(random, subject, "type", new Value.Text("T" + random.nextInt(4)));
                case 1 ->
                        say(random, subject, Profile.PLACE.value(), new Value.Geo(points.point()));
                case 2 -> say(random, subject, "seenAt", new Value.Geo(points.point()));
                case 3 ->
                        say(
                                random,
                                subject,
                                "near",
                                new Value.Entity(new EntityId("e" + random.nextInt(ENTITIES))));
                case 4 -> say(random, subject, "size", Value.Numeric.of(random.nextInt(50)));
                default -> space.scribe.keep(memory(random, points, i));
            }
        }
    }

    private void say(Random random, String subject, String predicate, Value object) {
        space.scribe.say(
                new EntityId(subject),
                new PredicateName(predicate),
                object,
                interval(random),
                new SourceId("s" + random.nextInt(3)));
    }

    private static Memory memory(Random random, RandomRegions points, int number) {
        return new Memory(
                new MemoryId("m" + number),
                "we felt it " + random.nextInt(9),
                random.nextBoolean() ? Optional.of(moment(random)) : Optional.empty(),
                Optional.of("a" + random.nextInt(3)),
                random.nextBoolean() ? Optional.of("c" + random.nextInt(5)) : Optional.empty(),
                Optional.empty(),
                random.nextBoolean() ? Optional.of(points.point()) : Optional.empty(),
                Stream.generate(() -> new EntityId("e" + random.nextInt(ENTITIES)))
                        .limit(random.nextInt(4))
                        .toList(),
                new SourceId("s" + random.nextInt(3)),
                "{}");
    }

    private static Instant moment(Random random) {
        return Moments.fromMicros(random.nextInt(MICROS));
    }

    private static Interval interval(Random random) {
        var from = moment(random);
        var until = from.plusNanos(1_000L * (1 + random.nextInt(MICROS / 2)));
        return switch (random.nextInt(5)) {
            case 0 -> Interval.since(from);
            case 1 -> Interval.at(from);
            case 2 -> new Interval(from, new Interval.End.Unknown(Optional.of(until)));
            case 3 -> new Interval(from, new Interval.End.Unknown(Optional.empty()));
            default -> Interval.between(from, until);
        };
    }

    private static Interval known(Random random) {
        var from = moment(random);
        return random.nextInt(4) == 0
                ? Interval.since(from)
                : Interval.between(from, from.plusNanos(1_000L * (1 + random.nextInt(MICROS))));
    }

    private Filter filter(Random random, int depth) {
        if (depth > 0 && random.nextInt(3) > 0) {
            return switch (random.nextInt(5)) {
                case 0, 1 -> new Filter.AllOf(filters(random, depth - 1));
                case 2, 3 -> new Filter.AnyOf(filters(random, depth - 1));
                default -> new Filter.Not(filter(random, depth - 1));
            };
        }
        boolean possibly = random.nextBoolean();
        return switch (random.nextInt(10)) {
            case 0 -> new Filter.Kinds(several(random, List.of(Kind.values())));
            case 1 -> new Filter.Rows(several(random, ids));
            case 2, 3 -> words(random);
            case 4 ->
                    new Filter.Nodes(
                            one(random, List.of(Filter.Role.values())),
                            nodes(random, new int[] {0, 1, 3, 60, 2_000}[random.nextInt(5)]));
            case 5 -> new Filter.Within(new RandomRegions(random).region());
            case 6 -> random.nextBoolean() ? new Filter.HasPlace() : new Filter.HasTime();
            case 7 -> new Filter.HoldsAt(moment(random), possibly);
            case 8 ->
                    random.nextBoolean()
                            ? new Filter.HoldsDuring(known(random), possibly)
                            : new Filter.LiesIn(known(random), possibly);
            default ->
                    new Filter.Related(
                            several(random, List.of(Allen.values())), known(random), possibly);
        };
    }

    private List<Filter> filters(Random random, int depth) {
        return Stream.generate(() -> filter(random, depth)).limit(random.nextInt(4)).toList();
    }

    private static Filter words(Random random) {
        var word = one(random, List.of(Filter.Word.values()));
        var values =
                switch (word) {
                    case TYPE -> List.of("T0", "T1", "T2", "T9");
                    case PREDICATE -> List.of("type", "place", "seenAt", "near", "size", "none");
                    case SOURCE -> List.of("s0", "s1", "s2");
                    case AGENT -> List.of("a0", "a1", "a9");
                    case SESSION -> List.of("c0", "c1", "c2", "c3");
                };
        return new Filter.Words(word, several(random, values));
    }

    private static NodeSet nodes(Random random, int most) {
        var nodes = new NodeSet.Collector();
        for (int i = 0; i < most; i++) {
            nodes.add(random.nextInt(most > 1_000 ? 3 * most : 2 * ENTITIES));
        }
        return nodes.toSet();
    }

    private static <T> T one(Random random, List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /// At least one.
    private static <T> Set<T> several(Random random, List<T> values) {
        return Stream.generate(() -> one(random, values))
                .limit(1 + random.nextInt(4))
                .collect(Collectors.toSet());
    }
}
