/// The last step of the write door: hands requests to the ledger's one recorder and waits until
/// they are as visible as the caller asked. The only package that may see the recorder; knows no
/// wire format and no store.
@NullMarked
package dev.palimpsest.ingest.record;

import org.jspecify.annotations.NullMarked;
