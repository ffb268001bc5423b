package dev.palimpsest.graph.janus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.model.Value;
import dev.palimpsest.port.Gone;
import dev.palimpsest.port.Row;
import dev.palimpsest.time.Position;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.tinkerpop.gremlin.process.traversal.dsl.graph.GraphTraversal;
import org.apache.tinkerpop.gremlin.process.traversal.dsl.graph.GraphTraversalSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is left in the graph when something was forgotten.
class JanusForgettingTest {

    @TempDir private Path folder;

    private final RowImages rows = new RowImages();
    private JanusGraphStore store;

    @BeforeEach
    void open() {
        store = JanusGraphStore.open(folder.resolve("graph"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void dropsVersionsOfFactsAndLeavesTheOthersAtTheSameVertices() {
        rows.next();
        var dropped = rows.fact("a", "magnitude", 6.1);
        var text = rows.fact("a", "magnitude", new Value.Text("six"));
        var link = rows.link("a", "near", "b");
        apply(
                rows.entity("a"),
                rows.entity("b"),
                dropped,
                text,
                rows.fact("a", "magnitude", 6.4),
                rows.fact("a", "depth", 10),
                link,
                rows.link("a", "near", "c"));
        var neverThere = rows.fact("a", "unheard", 1);

        drop(gone(dropped), gone(text), gone(link), gone(neverThere));
        drop(gone(dropped));
        store.projection().scour(RowImages.SPACE);

        assertThat(now(g -> g.V("a").values("magnitude", "depth")))
                .containsExactlyInAnyOrder(6.4, 10L);
        assertThat(now(g -> g.V("a").out("near").id())).containsExactly("c");
    }

    @Test
    void dropsAClosedEdgeToo() {
        rows.next();
        var link = rows.link("a", "near", "b");
        apply(rows.entity("a"), rows.entity("b"), link);
        var then = rows.head().number();
        rows.next();
        apply(rows.closed(link));
        assertThat(at(then, g -> g.V("a").out("near").id())).containsExactly("b");

        drop(gone(link));

        assertThat(at(then, g -> g.V("a").out("near").id())).isEmpty();
    }

    @Test
    void dropsSomeOfAHubsEdgesWhetherTheyAreClosedOrNot() {
        rows.next();
        var links = new ArrayList<Row.OfFact>();
        for (int i = 0; i < 10; i++) {
            links.add(rows.link("hub", "near", "s" + i));
        }
        apply(links.toArray(Row[]::new));
        var then = rows.head().number();
        rows.next();
        apply(rows.closed(links.get(0)), rows.closed(links.get(1)), rows.closed(links.get(2)));

        drop(gone(links.get(1)), gone(links.get(2)), gone(links.get(3)), gone(links.get(4)));

        assertThat(at(then, g -> g.V("hub").out("near").id()))
                .containsExactlyInAnyOrder("s0", "s5", "s6", "s7", "s8", "s9");
        assertThat(now(g -> g.V("hub").out("near").count())).containsExactly(5L);
    }

    @Test
    void anEntityThatIsSpokenOfAgainIsThereAgain() {
        rows.next();
        apply(rows.entity("a"), rows.type("a", "Quake"), rows.entity("b"));
        apply(rows.next().link("a", "near", "b"));

        var node = rows.entity("a").node();
        drop(new Gone.OfEntity(RowImages.SPACE, node));
        assertThat(now(g -> g.V().id())).containsExactly("b");

        rows.next();
        apply(rows.entity("a"), rows.link("a", "near", "b"));
        assertThat(now(g -> g.V("a").out("near").id())).containsExactly("b");
        assertThat(now(g -> g.V("a").label())).containsExactly("Thing");
    }

    private static Gone gone(Row.OfFact row) {
        return new Gone.OfFact(
                row.space(),
                row.version().id(),
                row.subjectNode(),
                row.version().predicate(),
                row.version().object().kind(),
                row.objectNode());
    }

    private void apply(Row... batch) {
        store.projection().apply(List.of(batch), rows.checkpoint());
    }

    private void drop(Gone... gone) {
        store.projection().drop(List.of(gone));
    }

    private List<Object> now(Function<GraphTraversalSource, GraphTraversal<?, ?>> question) {
        return at(rows.head().number(), question);
    }

    private List<Object> at(
            long position, Function<GraphTraversalSource, GraphTraversal<?, ?>> question) {
        return store.read(
                rows,
                GraphView.of(RowImages.SPACE, new Position(position)),
                Budget::ample,
                graph -> List.copyOf(question.apply(graph.traversal()).toList()));
    }
}
