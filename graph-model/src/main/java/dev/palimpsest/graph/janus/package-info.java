/// The graph projection on JanusGraph, and the only Gremlin of this module: how entities, facts and
/// memories lie in the graph, how a follower writes them, and how one space is read as it was at a
/// position. Knows no PostgreSQL, no HTTP and no clock.
///
/// Start with [dev.palimpsest.graph.janus.JanusGraphStore]; then
/// [dev.palimpsest.graph.janus.SnapshotGraph], through which every traversal reads.
@NullMarked
package dev.palimpsest.graph.janus;

import org.jspecify.annotations.NullMarked;
