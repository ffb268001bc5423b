package dev.palimpsest.query.plan;

import dev.palimpsest.query.index.lucene.Filter;
import dev.palimpsest.question.Kind;

/// What one hard constraint asks of rows of each kind.
interface Rule {

    Filter filter(Kind kind);
}
