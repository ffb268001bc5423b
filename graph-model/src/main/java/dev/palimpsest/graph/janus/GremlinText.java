package dev.palimpsest.graph.janus;

import java.util.Set;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ErrorNode;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.ParseTreeListener;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.apache.tinkerpop.gremlin.language.grammar.GremlinAntlrToJava;
import org.apache.tinkerpop.gremlin.language.grammar.GremlinLexer;
import org.apache.tinkerpop.gremlin.language.grammar.GremlinParser;
import org.apache.tinkerpop.gremlin.language.grammar.GremlinParser.QueryContext;
import org.apache.tinkerpop.gremlin.language.grammar.GremlinParser.RootTraversalContext;
import org.apache.tinkerpop.gremlin.process.traversal.Traversal;
import org.apache.tinkerpop.gremlin.process.traversal.dsl.graph.GraphTraversalSource;

/// Gremlin text that was parsed: one traversal from `g`, with nothing said about how to run it.
final class GremlinText {

    private static final int LONGEST = 10_000;
    private static final int DEEPEST = 64;
    private static final int MOST_STEPS = 400;
    private static final int MOST_DIGITS = 5;
    private static final Set<String> MAKE_ROOM = Set.of("tail", "sample", "barrier");

    private final RootTraversalContext root;

    private GremlinText(RootTraversalContext root) {
        this.root = root;
    }

    /// @throws IllegalArgumentException if `text` is anything else
    static GremlinText parse(String text, Budget budget) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "the text has at most " + LONGEST + " characters: " + text.length());
        }
        var lexer = new GremlinLexer(CharStreams.fromString(text));
        lexer.removeErrorListeners();
        lexer.addErrorListener(new Refusal());
        var tokens = new CommonTokenStream(lexer);
        requireModest(tokens);
        var parser = new GremlinParser(tokens);
        parser.removeErrorListeners();
        parser.addErrorListener(new Refusal());
        parser.addParseListener(new Spending(budget));
        return new GremlinText(onlyTraversal(parser.queryList()));
    }

    /// The traversal on `source`, if the rules allow it.
    Traversal<?, ?> on(GraphTraversalSource source) {
        var built = new GremlinAntlrToJava(source).visit(rootQuery());
        if (!(built instanceof Traversal<?, ?> traversal)) {
            throw new IllegalArgumentException("begin with a step, such as g.V()");
        }
        GremlinRules.check(traversal.asAdmin().getBytecode());
        return traversal;
    }

    // The visitor of a query would also run toList() and the like; it is shown a query without.
    private QueryContext rootQuery() {
        var query = new QueryContext(null, -1);
        query.addAnyChild(root);
        return query;
    }

    private static void requireModest(CommonTokenStream tokens) {
        tokens.fill();
        int depth = 0;
        int dots = 0;
        String word = "";
        for (Token token : tokens.getTokens()) {
            String text = token.getText();
            switch (text) {
                case "(", "[", "{" -> depth++;
                case ")", "]", "}" -> depth--;
                case "." -> dots++;
                default -> word = requireModest(word, text);
            }
            if (depth > DEEPEST || dots > MOST_STEPS) {
                throw new IllegalArgumentException(
                        "a traversal has at most "
                                + MOST_STEPS
                                + " steps and brackets "
                                + DEEPEST
                                + " deep: split it");
            }
        }
    }

    // These steps make room for so many already while the traversal is built.
    private static String requireModest(String word, String text) {
        boolean isNumber = Character.isDigit(text.charAt(0));
        if (isNumber && MAKE_ROOM.contains(word) && text.length() > MOST_DIGITS) {
            throw new IllegalArgumentException(
                    word + "(n) takes a number of at most " + MOST_DIGITS + " digits: " + text);
        }
        return isNumber ? word : text;
    }

    private static RootTraversalContext onlyTraversal(GremlinParser.QueryListContext list) {
        if (list.query().size() != 1 || list.query(0).emptyQuery() != null) {
            throw new IllegalArgumentException(
                    "ask one traversal at a time, such as g.V().limit(10)");
        }
        QueryContext query = list.query(0);
        if (query.transactionPart() != null) {
            throw new IllegalArgumentException("transactions are not for readers: leave out tx()");
        }
        var end = query.traversalTerminalMethod();
        if (end != null && end.traversalTerminalMethod_toList() == null) {
            throw new IllegalArgumentException(
                    "leave out ." + end.getText() + ": what the traversal finds is returned");
        }
        if (query.rootTraversal() == null) {
            throw new IllegalArgumentException("begin with a step, such as g.V()");
        }
        refuseUnbounded(query.rootTraversal());
        return query.rootTraversal();
    }

    // Seen in the parse tree because they take effect, or take all memory, while it is built.
    private static void refuseUnbounded(ParseTree tree) {
        if (tree instanceof GremlinParser.GenericLiteralRangeContext) {
            throw new IllegalArgumentException(
                    "ranges such as 1..9 are not allowed: list the values");
        }
        if (tree instanceof GremlinParser.TraversalSourceSelfMethodContext method) {
            throw new IllegalArgumentException(
                    "g." + method.getText() + " is not allowed: begin with a step, such as g.V()");
        }
        for (int i = 0; i < tree.getChildCount(); i++) {
            refuseUnbounded(tree.getChild(i));
        }
    }

    /// Turns the parser's complaint into ours.
    private static final class Refusal extends BaseErrorListener {
        @Override
        public void syntaxError(
                Recognizer<?, ?> recognizer,
                Object offendingSymbol,
                int line,
                int charPositionInLine,
                String msg,
                RecognitionException e) {
            throw new IllegalArgumentException(
                    "not Gremlin, at line "
                            + line
                            + ", character "
                            + charPositionInLine
                            + ": "
                            + msg);
        }
    }

    /// Lets parsing too come to an end in time.
    private record Spending(Budget budget) implements ParseTreeListener {
        @Override
        public void enterEveryRule(ParserRuleContext rule) {
            budget.spend();
        }

        @Override
        public void exitEveryRule(ParserRuleContext rule) {}

        @Override
        public void visitTerminal(TerminalNode node) {}

        @Override
        public void visitErrorNode(ErrorNode node) {}
    }
}
