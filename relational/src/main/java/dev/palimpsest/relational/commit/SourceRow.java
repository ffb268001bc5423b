package dev.palimpsest.relational.commit;

import dev.palimpsest.model.Source;

/// A source and its number.
record SourceRow(int no, int space, Source source, long position) {}
