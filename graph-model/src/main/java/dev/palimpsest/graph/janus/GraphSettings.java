package dev.palimpsest.graph.janus;

import java.nio.file.Path;
import org.janusgraph.core.JanusGraph;
import org.janusgraph.core.JanusGraphFactory;
import org.janusgraph.core.JanusGraphTransaction;
import org.janusgraph.graphdb.database.StandardJanusGraph;
import org.janusgraph.graphdb.transaction.StandardTransactionBuilder;

/// How JanusGraph is set, and the two kinds of transaction we have.
final class GraphSettings {

    /// Below that, the graph takes nothing more: what it holds stays whole, and readable.
    static final long FREE_DISK_BYTES = 64L << 20;

    /// A checkpoint writes every part of the tree that changed since the last, and what it replaces
    /// is cleaned away: after each 20 MB, as is usual, the two took a seventh of the CPU of loading
    /// a million facts, and take a hundredth now. What is written after the last is read again by
    /// the start after a kill.
    private static final long CHECKPOINT_BYTES = 128L << 20;

    private static final long LOG_FILE_BYTES = 64L << 20;

    private static final int CACHE_PERCENT = 20;
    private static final int ID_BLOCK = 100_000;

    private static final String ISOLATION = "storage.berkeleyje.isolation-level";
    private static final String UNLOCKED = "READ_UNCOMMITTED";

    private GraphSettings() {}

    // A commit is written but not synced: the ledger is durable, and the checkpoint lies in the
    // same transaction as its batch, so what a power cut takes is applied again. The instance has
    // one fixed name, else one that was killed blocks changes of the schema for ever.
    static JanusGraphFactory.Builder berkeley(Path folder) {
        return common().set("storage.backend", "berkeleyje")
                .set("storage.directory", folder.toString())
                .set("storage.berkeleyje.cache-percentage", CACHE_PERCENT)
                .set("storage.berkeleyje.ext.je.freeDisk", Long.toString(FREE_DISK_BYTES))
                .set("storage.berkeleyje.ext.je.log.fileMax", Long.toString(LOG_FILE_BYTES))
                .set(
                        "storage.berkeleyje.ext.je.checkpointer.bytesInterval",
                        Long.toString(CHECKPOINT_BYTES))
                .set(
                        "storage.berkeleyje.ext.je.txn.durability",
                        "write_no_sync,write_no_sync,simple_majority");
    }

    static JanusGraphFactory.Builder inMemory() {
        return common().set("storage.backend", "inmemory");
    }

    /// Opens it, to be closed by us alone: JanusGraph would close it as soon as the process is told
    /// to end, under those who still read and write.
    static StandardJanusGraph open(JanusGraphFactory.Builder settings) {
        var graph = (StandardJanusGraph) settings.open();
        try {
            var removeHook = StandardJanusGraph.class.getDeclaredMethod("removeHook");
            removeHook.setAccessible(true);
            removeHook.invoke(graph);
            return graph;
        } catch (ReflectiveOperationException e) {
            graph.close();
            throw new IllegalStateException("this JanusGraph closes itself in another way", e);
        }
    }

    private static JanusGraphFactory.Builder common() {
        return JanusGraphFactory.build()
                .set("graph.set-vertex-id", true)
                .set("graph.unique-instance-id", "palimpsest")
                .set("graph.replace-instance-if-exists", true)
                .set("schema.default", "none")
                .set("cache.db-cache", false)
                .set("ids.block-size", ID_BLOCK);
    }

    /// Without read locks, which would make the writer wait: what is not committed yet lies beyond
    /// every snapshot's position, and what a commit closes stays visible at it either way.
    static JanusGraphTransaction reading(JanusGraph graph) {
        return graph.buildTransaction().readOnly().customOption(ISOLATION, UNLOCKED).start();
    }

    /// Without JanusGraph's own checks of uniqueness, which do not hold on BerkeleyJE: there is one
    /// writer, and it looks for itself. Nor does it need locks to read what nobody else changes.
    static JanusGraphTransaction writing(JanusGraph graph) {
        var settings = (StandardTransactionBuilder) graph.buildTransaction();
        return settings.threadBound() // one thread alone uses it, so nothing in it is locked
                .enableBatchLoading()
                .checkExternalVertexExistence(true)
                .customOption(ISOLATION, UNLOCKED)
                .start();
    }
}
