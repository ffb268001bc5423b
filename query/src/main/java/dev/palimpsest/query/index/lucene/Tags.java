package dev.palimpsest.query.index.lucene;

import java.io.IOException;
import java.util.OptionalInt;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;

/// The types of entities and the predicates of facts as numbers: an entity has one type and a fact
/// one predicate, so one number tells either. They count from 1 and are others in each segment; 0
/// is of what has neither.
final class Tags {

    private static final Filter.Word[] SORTS = {Filter.Word.TYPE, Filter.Word.PREDICATE};

    private Tags() {}

    /// Whether words of that sort have such numbers.
    static boolean are(Filter.Word word) {
        return word == Filter.Word.TYPE || word == Filter.Word.PREDICATE;
    }

    static int[] read(LeafReader reader) throws IOException {
        var tags = new int[reader.maxDoc()];
        int tag = 0;
        for (var sort : SORTS) {
            Terms terms = reader.terms(Fields.of(sort));
            if (terms != null) {
                var each = terms.iterator();
                PostingsEnum documents = null;
                while (each.next() != null) {
                    tag++;
                    documents = each.postings(documents, PostingsEnum.NONE);
                    while (documents.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
                        tags[documents.docID()] = tag;
                    }
                }
            }
        }
        return tags;
    }

    /// The number of a word, as any document with it tells; empty if there is none.
    static OptionalInt of(TermsEnum terms, String word, int[] tags) throws IOException {
        if (!terms.seekExact(Fields.term(word))) {
            return OptionalInt.empty();
        }
        int document = terms.postings(null, PostingsEnum.NONE).nextDoc();
        return document == DocIdSetIterator.NO_MORE_DOCS
                ? OptionalInt.empty()
                : OptionalInt.of(tags[document]);
    }
}
