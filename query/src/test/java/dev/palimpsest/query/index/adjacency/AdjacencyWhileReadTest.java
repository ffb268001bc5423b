package dev.palimpsest.query.index.adjacency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Projection.Checkpoint;
import dev.palimpsest.port.Row;
import dev.palimpsest.query.ledger.InMemoryLedger;
import dev.palimpsest.query.ledger.Scribe;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What readers see at a position they pinned does not depend on what is applied meanwhile.
class AdjacencyWhileReadTest {

    private static final SpaceId SPACE = new SpaceId("busy");
    private static final PredicateName KNOWS = new PredicateName("knows");
    private static final int PEOPLE = 40;
    private static final int WRITES = 3_000;
    private static final int BATCH = 25;

    private record Seen(Position at, int person, Map<Long, Integer> distances) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anAnswerAtAPositionIsTheSameWhileAndAfterOthersAreApplied(long seed) throws Exception {
        var scribe = new Scribe(SPACE);
        var batches = writeMuch(scribe, new Random(seed));
        var adjacency = new Adjacency();
        var seen = new ConcurrentLinkedQueue<Seen>();
        var failures = new ConcurrentHashMap<Thread, Throwable>();
        var done = new AtomicBoolean();
        var readers = new ArrayList<Thread>();
        for (int reader = 0; reader < 4; reader++) {
            var random = new Random(seed * 31 + reader);
            readers.add(
                    Thread.ofPlatform()
                            .uncaughtExceptionHandler(failures::put)
                            .start(() -> readUntil(done, adjacency, random, seen)));
        }
        for (var batch : batches.entrySet()) {
            adjacency.apply(batch.getValue(), new Checkpoint(InMemoryLedger.EPOCH, batch.getKey()));
        }
        done.set(true);
        for (var reader : readers) {
            reader.join();
        }
        assertThat(failures).isEmpty();
        assertThat(seen).hasSizeGreaterThan(4);
        for (var answer : seen) {
            assertThat(walk(adjacency, answer.person, answer.at))
                    .as("seed %d, person %d at %s", seed, answer.person, answer.at)
                    .isEqualTo(answer.distances);
        }
    }

    private static void readUntil(
            AtomicBoolean done,
            Adjacency adjacency,
            Random random,
            ConcurrentLinkedQueue<Seen> seen) {
        while (!done.get() || seen.size() < 100) {
            var at = adjacency.covers();
            int person = 1 + random.nextInt(PEOPLE);
            seen.add(new Seen(at, person, walk(adjacency, person, at)));
        }
    }

    private static Map<Long, Integer> walk(Adjacency adjacency, int person, Position at) {
        var reach = adjacency.within(SPACE, person, 2, new Holding.Ever(), at);
        return LongStream.of(reach.nodes())
                .boxed()
                .collect(
                        Collectors.toMap(node -> node, node -> reach.distance(node).orElseThrow()));
    }

    /// Batches of changes by the position they reach up to.
    private static Map<Position, List<Row>> writeMuch(Scribe scribe, Random random) {
        var batches = new LinkedHashMap<Position, List<Row>>();
        var standing = new ArrayList<FactVersion>();
        var after = Position.START;
        for (int write = 1; write <= WRITES; write++) {
            if (standing.size() > PEOPLE && random.nextBoolean()) {
                scribe.takeBack(standing.remove(random.nextInt(standing.size())));
            } else {
                var one = new EntityId("p" + random.nextInt(PEOPLE));
                var other = new Value.Entity(new EntityId("p" + random.nextInt(PEOPLE)));
                var fact = scribe.say(one, KNOWS, other, Interval.ALWAYS, new SourceId("s"));
                standing.removeIf(old -> old.fact().equals(fact.fact()));
                standing.add(fact);
            }
            if (write % BATCH == 0) {
                batches.put(scribe.head(), scribe.changesAfter(after));
                after = scribe.head();
            }
        }
        return batches;
    }
}
