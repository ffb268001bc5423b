package dev.palimpsest.ingest.source;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Says in plain words, and where, what is wrong with text that should be JSON.
public final class JsonComplaint {

    private static final int LONGEST_PIECE = 60;

    /// What the parser says, and what it means; the first that fits counts.
    private static final List<Meaning> MEANINGS =
            List.of(
                    new Meaning(
                            "Document nesting depth",
                            "objects and arrays lie too deep in one another: at most "
                                    + StrictJson.DEEPEST
                                    + " levels of depth"),
                    new Meaning(
                            "(?:Number value|Number .*|BigDecimal scale).*(?:exceeds|magnitude)",
                            "a number has too many digits"),
                    new Meaning("String value length|String length", "a text is too long"),
                    new Meaning("Name length", "a key is too long"),
                    new Meaning(
                            "Duplicate (?:field|Object property) [\"'](.*?)[\"']",
                            "an object has the key '%s' twice"),
                    new Meaning(
                            "Unrecognized token '(.*?)'",
                            "'%s' is no value; texts go in double quotes"),
                    new Meaning("Non-standard token '(.*?)'", "'%s' is no number"),
                    new Meaning(
                            "Unexpected character \\('(.*?)' \\(code 39",
                            "'%s' quotes nothing; texts and keys go in double quotes"),
                    new Meaning(
                            "Unexpected character \\('(.*?)' \\(code", "'%s' is not expected here"),
                    new Meaning(
                            "Unexpected close marker '(.*?)'", "'%s' closes what was not opened"),
                    new Meaning(
                            "Illegal unquoted character",
                            "a line feed, tab or the like within a text is written as \\n, \\t, \\u000a"),
                    new Meaning(
                            "Unrecognized character escape",
                            "a text has a backslash before a character that takes none"),
                    new Meaning("Invalid numeric value", "a number is not written as JSON has it"));

    private record Meaning(Pattern said, String words) {
        Meaning(String said, String words) {
            this(Pattern.compile(said), words);
        }
    }

    private JsonComplaint() {}

    /// Such as `is not JSON at line 2, column 7: '}' is not expected here`.
    public static String of(JsonProcessingException problem) {
        return "is not JSON" + where(problem.getLocation()) + ": " + words(problem);
    }

    private static String words(JsonProcessingException problem) {
        if (problem instanceof JsonEOFException) {
            return "it ends in the middle";
        }
        var said = String.valueOf(problem.getOriginalMessage());
        for (var meaning : MEANINGS) {
            var match = meaning.said.matcher(said);
            if (match.find()) {
                return match.groupCount() == 0
                        ? meaning.words
                        : meaning.words.formatted(piece(match.group(1)));
            }
        }
        return problem instanceof StreamConstraintsException
                ? "a part of it is too large"
                : "one value was expected here";
    }

    private static String piece(String text) {
        return text.length() <= LONGEST_PIECE ? text : text.substring(0, LONGEST_PIECE) + "...";
    }

    private static String where(@Nullable JsonLocation location) {
        if (location == null || location.getLineNr() < 1) {
            return "";
        }
        var line = location.getLineNr() > 1 ? "line " + location.getLineNr() + ", " : "";
        return " at " + line + "column " + location.getColumnNr();
    }
}
