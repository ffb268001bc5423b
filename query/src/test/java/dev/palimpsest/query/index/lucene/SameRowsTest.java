package dev.palimpsest.query.index.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.FilterLeafReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SameRowsTest {

    @TempDir private Path folder;

    @Test
    void whatIsNeededOfTheOtherIndexIsReadBeforeThisOneIsSearched() {
        var space = new Example("demo");
        for (int i = 0; i < 10; i++) {
            space.keep("m-" + i, "a quake was felt");
        }
        try (var index = new LuceneTextIndex(folder)) {
            space.follow(index);
            var same = new SameRows();
            var selection = new Selection(Filter.ANYTHING, space.head());
            int found =
                    index.search(
                            space.space(),
                            selection,
                            0,
                            selected -> {
                                List<Closing> closing = new ArrayList<>();
                                List<Selector.Selected> there = new ArrayList<>();
                                for (var one : selected) {
                                    var reader = new Closing(one.leaf().reader());
                                    closing.add(reader);
                                    there.add(
                                            new Selector.Selected(
                                                    reader.getContext(),
                                                    one.columns(),
                                                    one.rows()));
                                }
                                var known = same.there(there);
                                closing.forEach(reader -> reader.closed = true);
                                return same.here(selected.getFirst().leaf(), known).count();
                            });
            assertThat(found).isEqualTo(10);
        }
    }

    /// Gives nothing more once it is closed.
    private static final class Closing extends FilterLeafReader {

        private boolean closed;

        Closing(LeafReader reader) {
            super(reader);
        }

        @Override
        public NumericDocValues getNumericDocValues(String field) throws IOException {
            if (closed) {
                throw new CorruptIndexException("read of " + field, "the other index");
            }
            return super.getNumericDocValues(field);
        }

        @Override
        public IndexReader.@Nullable CacheHelper getCoreCacheHelper() {
            return null;
        }

        @Override
        public IndexReader.@Nullable CacheHelper getReaderCacheHelper() {
            return null;
        }
    }
}
