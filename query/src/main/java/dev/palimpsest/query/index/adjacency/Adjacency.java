package dev.palimpsest.query.index.adjacency;

import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Gone;
import dev.palimpsest.port.Row;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.query.index.InMemoryProjection;
import dev.palimpsest.query.index.adjacency.Chains.Seed;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Position;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The projection for walks: who is next to whom, who is how far, what led to what.
///
/// Answers are given as of a position; one that [#covers] does not reach yet gives what is there.
/// Safe for use by many threads while one applies: see [SpaceGraph]. [#covers] is raised after the
/// batch is in, so whoever pins a position from it finds everything up to there.
///
/// What it holds is kept in a file now and then, and when it is closed, so that a start reads that
/// and follows from there. Without the file, or when it is damaged, all facts are read again.
public final class Adjacency extends InMemoryProjection implements AutoCloseable {

    /// The file is written again when so many positions came since, and at least this share of what
    /// it holds: so it is written but a few times while the store grows tenfold.
    private static final long FEWEST_BETWEEN = 50_000;

    private static final double SHARE_BETWEEN = .2;

    private static final Logger LOG = LoggerFactory.getLogger(Adjacency.class);

    private final Map<SpaceId, SpaceGraph> spaces;
    private final Optional<AdjacencyFile> file;

    /// Since when the file is not written again; of the applying thread, and of who closes after
    /// it.
    private Position lastTried;

    /// Whether something was dropped that the file may hold.
    private boolean dropped;

    /// One that keeps nothing.
    public Adjacency() {
        this(Optional.empty(), Optional.empty());
    }

    private Adjacency(Optional<AdjacencyFile> file, Optional<AdjacencyFile.Kept> found) {
        super(found.map(AdjacencyFile.Kept::upTo));
        this.spaces =
                new ConcurrentHashMap<>(found.map(AdjacencyFile.Kept::spaces).orElse(Map.of()));
        this.file = file;
        this.lastTried = covers();
    }

    /// Opens what is kept in `folder`, made if it is not there.
    public static Adjacency in(Path folder) {
        var file = new AdjacencyFile(folder);
        return new Adjacency(Optional.of(file), file.read());
    }

    /// What is next to `node`, newest facts first, at most `limit`.
    public List<Neighbour> neighbours(
            SpaceId space, long node, Holding holding, Position at, int limit) {
        return graph(space).read(graph -> neighbours(graph, node, holding, at, limit));
    }

    /// How far everything is that lies within `hops` of `node`, facts followed either way.
    public Reach within(SpaceId space, long node, int hops, Holding holding, Position at) {
        return graph(space)
                .read(graph -> {
                    int start = graph.nodes().find(node);
                    return start == NodeTable.ABSENT
                            ? Reach.ofOnly(node)
                            : new HopWalk(graph, holding, at).from(start, hops);
                });
    }

    /// What lies on chains of causes with these ends.
    ///
    /// @param withFacts whether the facts of the chains are wanted, too
    public OnChains onChains(SpaceId space, ChainEnds ends, Position at, boolean withFacts) {
        return graph(space)
                .read(graph ->
                        ChainReader.of(graph, ends, at)
                                .map(reader -> reader.members(withFacts))
                                .orElseGet(OnChains::none));
    }

    /// The `most` best chains with these ends that each seed is on, and how likely they make their
    /// effect; nothing for a seed that is not known here.
    public Map<Seed, Chains> chains(
            SpaceId space, ChainEnds ends, Position at, List<Seed> seeds, int most) {
        return graph(space)
                .read(graph ->
                        ChainReader.of(graph, ends, at)
                                .map(reader -> reader.chains(seeds, most))
                                .orElseGet(Map::of));
    }

    /// Whether `node` is an event: its existence has an end.
    public boolean isEvent(SpaceId space, long node, Position at) {
        return graph(space)
                .read(graph -> {
                    int number = graph.nodes().find(node);
                    return number != NodeTable.ABSENT && graph.isEvent(number, at);
                });
    }

    /// When the event took place that `node` is; empty if it is none.
    public Optional<Interval> event(SpaceId space, long node, Position at) {
        return graph(space)
                .read(graph -> {
                    int number = graph.nodes().find(node);
                    return number == NodeTable.ABSENT ? Optional.empty() : graph.event(number, at);
                });
    }

    /// Every node that is or ever was an event, at whatever position.
    public BitSet everEvents(SpaceId space) {
        return graph(space).read(SpaceGraph::everEvents);
    }

    private static List<Neighbour> neighbours(
            SpaceGraph graph, long node, Holding holding, Position at, int limit) {
        int start = graph.nodes().find(node);
        if (start == NodeTable.ABSENT) {
            return List.of();
        }
        var found = new ArrayList<Integer>();
        for (int out = graph.firstOut(start); out != SpaceGraph.NONE; out = graph.nextOut(out)) {
            if (graph.counts(out, holding, at)) {
                found.add(out);
            }
        }
        for (int in = graph.firstIn(start); in != SpaceGraph.NONE; in = graph.nextIn(in)) {
            // A fact from a node to itself was met as an outgoing one already.
            if (graph.subject(in) != start && graph.counts(in, holding, at)) {
                found.add(in);
            }
        }
        found.sort((one, other) -> graph.versions().compare(other, one));
        return found.stream()
                .limit(limit)
                .map(version -> neighbour(graph, version, graph.subject(version) == start))
                .toList();
    }

    private static Neighbour neighbour(SpaceGraph graph, int version, boolean outgoing) {
        var row = graph.versions().row(version);
        int predicate = graph.predicate(version);
        if (outgoing) {
            long object = graph.nodes().node(graph.object(version));
            return new Neighbour(object, graph.predicates().name(predicate), true, row);
        }
        long subject = graph.nodes().node(graph.subject(version));
        return graph.predicates()
                .inverse(predicate)
                .map(inverse -> new Neighbour(subject, inverse, true, row))
                .orElseGet(() ->
                        new Neighbour(subject, graph.predicates().name(predicate), false, row));
    }

    private SpaceGraph graph(SpaceId space) {
        var graph = spaces.get(space);
        return graph == null ? new SpaceGraph() : graph;
    }

    @Override
    public String name() {
        return "adjacency";
    }

    @Override
    public Set<Class<? extends Row>> kinds() {
        return Set.of(Row.OfPredicate.class, Row.OfFact.class);
    }

    @Override
    protected void add(List<Row> rows) {
        bySpace(rows, row -> holds(row) || row instanceof Row.OfPredicate)
                .forEach((space, some) ->
                        spaces.computeIfAbsent(space, _ -> new SpaceGraph()).apply(some));
    }

    @Override
    protected boolean forget(List<Gone> gone) {
        dropped = true;
        for (var one : gone) {
            switch (one) {
                case Gone.OfSpace(var space) -> spaces.remove(space);
                case Gone.OfEntity(var space, long node) -> graph(space).dropNode(node);
                case Gone.OfFact fact -> graph(fact.space()).drop(fact.id());
                case Gone.OfMemory _, Gone.OfProfile _ -> {}
            }
        }
        return true;
    }

    @Override
    protected void forget() {
        spaces.clear();
        file.ifPresent(AdjacencyFile::delete);
        lastTried = Position.START;
    }

    @Override
    protected void reached(Checkpoint upTo) {
        long since = upTo.position().number() - lastTried.number();
        if (file.isPresent()
                && since > Math.max(FEWEST_BETWEEN, SHARE_BETWEEN * lastTried.number())) {
            keepIfPossible(upTo);
        }
    }

    /// What cannot be written now is tried again when as much came again: it spares time, and
    /// nothing depends on it.
    private void keepIfPossible(Checkpoint upTo) {
        try {
            keep(upTo);
        } catch (StoreException.Unavailable e) {
            LOG.warn("a start will read all facts again, or more of them", e);
            lastTried = upTo.position();
        }
    }

    private void keep(Checkpoint upTo) {
        file.ifPresent(to -> to.write(new AdjacencyFile.Kept(upTo, spaces)));
        lastTried = upTo.position();
        dropped = false;
    }

    /// The file is written without what was dropped, unless that was done since.
    @Override
    public void scour(SpaceId space) {
        if (dropped) {
            checkpoint().ifPresent(this::keep);
        }
    }

    /// Keeps what it holds, once nobody applies any more.
    @Override
    public void close() {
        checkpoint()
                .filter(upTo -> !upTo.equals(Checkpoint.UNFINISHED))
                .filter(upTo -> dropped || !upTo.position().equals(lastTried))
                .ifPresent(this::keepIfPossible);
    }

    @Override
    public void rows(SpaceId space, Consumer<HeldRow> sink) {
        List<HeldRow> held = new ArrayList<>();
        graph(space)
                .read(graph -> {
                    graph.rows(held::add);
                    return held.size();
                });
        held.forEach(sink);
    }

    @Override
    public boolean holds(Row row) {
        return Arc.of(row).isPresent();
    }
}
