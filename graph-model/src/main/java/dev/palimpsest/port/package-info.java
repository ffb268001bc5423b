/// What the rooms promise each other: reading and writing the ledger, projections, embeddings. No
/// JDBC, Gremlin or Lucene type crosses a port.
@NullMarked
package dev.palimpsest.port;

import org.jspecify.annotations.NullMarked;
