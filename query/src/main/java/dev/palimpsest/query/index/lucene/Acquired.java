package dev.palimpsest.query.index.lucene;

import dev.palimpsest.model.SpaceId;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.util.IOFunction;

/// A searcher over the index of a space that was acquired for one search.
///
/// @param index its name in failures
/// @param damage where damage met with it is noted
record Acquired(SpaceId space, String index, IndexSearcher searcher, Damage damage) {

    /// Searches, and gives the searcher back.
    <T> T search(IOFunction<IndexSearcher, T> search) {
        return damage.watch(
                space,
                index,
                () -> {
                    try {
                        return search.apply(searcher);
                    } finally {
                        searcher.getIndexReader().decRef();
                    }
                });
    }
}
