package dev.palimpsest.graph.janus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sleepycat.je.log.FileManager;
import dev.palimpsest.port.StoreException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BerkeleyJanusProjectionTest extends JanusProjectionContract {

    @TempDir private Path folder;

    @Override
    JanusGraphStore emptyStore() {
        return JanusGraphStore.open(folder.resolve("graph"));
    }

    @Test
    void isThereAgainAfterItWasClosed() {
        var rows = new RowImages().next();
        Path other = folder.resolve("second");
        try (var store = JanusGraphStore.open(other)) {
            store.projection()
                    .apply(
                            List.of(rows.entity("a"), rows.fact("a", "magnitude", 6.1)),
                            rows.checkpoint());
        }

        try (var store = JanusGraphStore.open(other)) {
            assertThat(store.projection().covers()).isEqualTo(rows.head());
            rows.next();
            store.projection().apply(List.of(rows.fact("a", "magnitude", 6.4)), rows.checkpoint());
            var view = GraphView.of(RowImages.SPACE, rows.head());
            assertThat(
                            store.<List<Object>>read(
                                    rows,
                                    view,
                                    Budget::ample,
                                    graph -> graph.traversal().V("a").values("magnitude").toList()))
                    .containsExactly(6.1, 6.4);
        }
    }

    @Test
    void ofAnotherLayoutNothingIsThereAndItCanBeBuiltAnew() {
        var rows = new RowImages().next();
        Path other = folder.resolve("older");
        try (var store = JanusGraphStore.open(other)) {
            store.projection().apply(List.of(rows.entity("a")), rows.checkpoint());
            store.write(now -> {
                var transaction = GraphSettings.writing(now.graph());
                var ids = now.graph().getIDManager();
                transaction
                        .getVertex(ids.toVertexId(ids.getVertexCountBound() - 1))
                        .property(GraphNames.LAYOUT, 1);
                store.commit(transaction);
                return now;
            });
        }

        try (var store = JanusGraphStore.open(other)) {
            assertThat(store.projection().checkpoint()).isEmpty();
            store.projection().clear();
            store.projection().apply(List.of(rows.entity("b")), rows.checkpoint());
            assertThat(store.projection().checkpoint()).contains(rows.checkpoint());
        }
    }

    @Test
    void saysWhoeverHoldsTheFolderMustStopFirst() {
        assertThatThrownBy(this::emptyStore)
                .isInstanceOf(StoreException.Unavailable.class)
                .hasMessageContaining("stop that first");
    }

    @Test
    void canBeDiscardedWhenNobodyHasItOpen() {
        Path other = folder.resolve("third");
        var rows = new RowImages().next();
        try (var store = JanusGraphStore.open(other)) {
            store.projection().apply(List.of(rows.entity("a")), rows.checkpoint());
        }

        JanusGraphStore.discard(other);

        try (var store = JanusGraphStore.open(other)) {
            assertThat(store.projection().checkpoint()).isEmpty();
        }
    }

    @Test
    void anInterruptOfTheCallerHarmsNothingAndIsKept() {
        var rows = new RowImages().next();
        try (var store = JanusGraphStore.open(folder.resolve("fourth"))) {
            Thread.currentThread().interrupt();

            store.projection().apply(List.of(rows.entity("a")), rows.checkpoint());

            assertThat(Thread.interrupted()).isTrue();
            assertThat(store.projection().checkpoint()).contains(rows.checkpoint());
        }
    }

    @Test
    void isOpenedAgainInPlaceWhenItsDiskFailedAndTakesWritesAgain() {
        var rows = new RowImages().next();
        try (var store = JanusGraphStore.open(folder.resolve("fifth"))) {
            var projection = store.projection();
            projection.apply(List.of(rows.entity("a")), rows.checkpoint());
            var held = rows.checkpoint();
            rows.next();
            FileManager.THROW_ON_WRITE = true;
            FileManager.STOP_ON_WRITE_COUNT = 0;
            try {
                assertThatThrownBy(() ->
                                projection.apply(List.of(rows.entity("b")), rows.checkpoint()))
                        .isInstanceOf(StoreException.Unavailable.class);
            } finally {
                FileManager.STOP_ON_WRITE_COUNT = Long.MAX_VALUE;
                FileManager.THROW_ON_WRITE = false;
            }
            assertThat(projection.checkpoint()).contains(held);

            projection.apply(
                    List.of(rows.entity("b"), rows.fact("b", "magnitude", 6.1)), rows.checkpoint());

            assertThat(
                            store.<List<Object>>read(
                                    rows,
                                    GraphView.of(RowImages.SPACE, rows.head()),
                                    Budget::ample,
                                    graph -> graph.traversal().V("b").values("magnitude").toList()))
                    .containsExactly(6.1);
        }
    }
}
