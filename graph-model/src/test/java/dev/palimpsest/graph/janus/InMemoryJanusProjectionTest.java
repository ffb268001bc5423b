package dev.palimpsest.graph.janus;

class InMemoryJanusProjectionTest extends JanusProjectionContract {

    @Override
    JanusGraphStore emptyStore() {
        return JanusGraphStore.inMemory();
    }
}
