/// Import jobs: data that were uploaded are read through the write door, batch by batch, so that
/// they go on where they were whatever ends the process. Keeps its files in one folder of the data
/// folder; knows readers and the door, no wire format and no store.
@NullMarked
package dev.palimpsest.ingest.job;

import org.jspecify.annotations.NullMarked;
