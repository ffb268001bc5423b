package dev.palimpsest.graph.janus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.janusgraph.graphdb.database.StandardJanusGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JanusGraphStoreTest {

    @TempDir private Path folder;

    @Test
    void isClosedByItsOwnerAloneWhenTheProcessIsToldToEnd() throws Exception {
        var hook = StandardJanusGraph.class.getDeclaredField("shutdownHook");
        hook.setAccessible(true);
        try (var store = JanusGraphStore.open(folder)) {
            assertThat(hook.get(store.write(JanusGraphStore.Opened::graph))).isNull();
        }
    }
}
