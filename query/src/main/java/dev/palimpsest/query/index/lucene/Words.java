package dev.palimpsest.query.index.lucene;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.KStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.search.similarities.Similarity;

/// How text becomes words, and how well words fit a document.
///
/// Words lose case, accents and a possessive 's; those of a text lose their English endings too,
/// names do not. No word is left out for being frequent: BM25 sees to that.
final class Words {

    static final Similarity SIMILARITY = new BM25Similarity(0.9f, 0.4f);

    /// Different words of a question that are looked up; further ones are ignored.
    private static final int MOST_WORDS = 64;

    /// What a word counts if it is met in a name as well.
    private static final float NAME_BOOST = 0.5f;

    private Words() {}

    static Analyzer analyzer() {
        return new PerFieldAnalyzerWrapper(
                new English(true), Map.of(Fields.NAME, new English(false)));
    }

    /// Documents with any word of `text`, the better the more and the rarer they are. Matches
    /// nothing if there is no word in it.
    static Query query(Analyzer analyzer, String text) {
        var any = new BooleanQuery.Builder();
        for (String word : of(analyzer, Fields.TEXT, text)) {
            any.add(new TermQuery(new Term(Fields.TEXT, word)), Occur.SHOULD);
        }
        for (String word : of(analyzer, Fields.NAME, text)) {
            any.add(
                    new BoostQuery(new TermQuery(new Term(Fields.NAME, word)), NAME_BOOST),
                    Occur.SHOULD);
        }
        return any.build();
    }

    private static Set<String> of(Analyzer analyzer, String field, String text) {
        var words = new LinkedHashSet<String>();
        read(
                analyzer,
                field,
                text,
                (word, _) -> {
                    words.add(word);
                    return words.size() < MOST_WORDS;
                });
        return words;
    }

    /// Every word of a text as often as it occurs, in its order; at most so many.
    static List<TextWords.Word> all(Analyzer analyzer, String text, int most) {
        var words = new ArrayList<TextWords.Word>();
        read(
                analyzer,
                Fields.TEXT,
                text,
                (word, start) -> {
                    boolean capital = Character.isUpperCase(text.charAt(start));
                    words.add(new TextWords.Word(word, capital));
                    return words.size() < most;
                });
        return words;
    }

    /// Gets a word and where it starts, and says whether it wants another.
    private interface Listener {
        boolean wantsMore(String word, int start);
    }

    private static void read(Analyzer analyzer, String field, String text, Listener listener) {
        try (TokenStream tokens = analyzer.tokenStream(field, text)) {
            var term = tokens.addAttribute(CharTermAttribute.class);
            var offset = tokens.addAttribute(OffsetAttribute.class);
            tokens.reset();
            boolean goesOn = true;
            while (goesOn && tokens.incrementToken()) {
                goesOn = listener.wantsMore(term.toString(), offset.startOffset());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("text in memory cannot fail to be read", e);
        }
    }

    private static final class English extends Analyzer {
        private final boolean stemmed;

        English(boolean stemmed) {
            this.stemmed = stemmed;
        }

        @Override
        protected TokenStreamComponents createComponents(String field) {
            var tokenizer = new StandardTokenizer();
            TokenStream words = new EnglishPossessiveFilter(tokenizer);
            words = new ASCIIFoldingFilter(new LowerCaseFilter(words));
            return new TokenStreamComponents(tokenizer, stemmed ? new KStemFilter(words) : words);
        }
    }
}
