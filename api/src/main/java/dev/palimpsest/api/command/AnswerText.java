package dev.palimpsest.api.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/// Prints an answer for people: each hit with when, where, why, and who says so.
public final class AnswerText {

    private static final String INDENT = "     ";

    private final Terminal terminal;

    public AnswerText(Terminal terminal) {
        this.terminal = terminal;
    }

    /// Prints the whole answer.
    ///
    /// @param answer as the HTTP door gave it
    public void print(JsonNode answer) {
        print(answer, Integer.MAX_VALUE);
    }

    /// Prints the best hits of an answer.
    ///
    /// @param most how many
    public void print(JsonNode answer, int most) {
        var hits = answer.path("hits");
        for (int i = 0; i < Math.min(hits.size(), most); i++) {
            print(i + 1, hits.get(i));
        }
        if (hits.size() > most) {
            terminal.line(INDENT + "and " + (hits.size() - most) + " more");
        }
        if (hits.isEmpty()) {
            terminal.line(INDENT + "nothing found");
        }
        if (answer.hasNonNull("note")) {
            terminal.line(INDENT + answer.path("note").asText());
        }
        if (answer.path("truncated").asBoolean()) {
            terminal.line(INDENT + "there may be more: a limit was met before all was looked at");
        }
        printExplanation(answer.path("explain"));
        terminal.line(terminal.faint(INDENT + summary(answer)));
    }

    private void print(int rank, JsonNode hit) {
        terminal.line(
                String.format(Locale.ROOT, "%3d. ", rank)
                        + terminal.bold(title(hit))
                        + terminal.faint(String.format(Locale.ROOT, "  %.2f", score(hit))));
        terminal.line(INDENT + whatItIs(hit));
        printCauses(hit);
        for (var fact : hit.path("facts")) {
            terminal.line(INDENT + "· " + Wording.fact(fact.path("fact")));
        }
        var evidence = evidence(hit);
        if (!evidence.isEmpty()) {
            terminal.line(INDENT + "said by " + evidence);
        }
        terminal.line(terminal.faint(INDENT + scores(hit.path("by"))));
    }

    private void printCauses(JsonNode hit) {
        for (var step : hit.path("path")) {
            terminal.line(INDENT + Wording.causalStep(step));
        }
        for (int i = 1; i < hit.path("paths").size(); i++) {
            terminal.line(INDENT + "or " + Wording.path(hit.path("paths").get(i)));
        }
        if (hit.has("probability")) {
            terminal.line(INDENT + Wording.probability(hit));
        }
    }

    private static double score(JsonNode hit) {
        return hit.path("score").asDouble();
    }

    private static String title(JsonNode hit) {
        return switch (hit.path("kind").asText()) {
            case "entity" -> hit.at("/entity/name").asText(hit.path("id").asText());
            case "fact" -> Wording.fact(hit.path("fact"));
            default -> Wording.shortened(hit.at("/memory/text").asText());
        };
    }

    private static String whatItIs(JsonNode hit) {
        var parts = new StringJoiner(" · ");
        switch (hit.path("kind").asText()) {
            case "entity" -> {
                var entity = hit.path("entity");
                parts.add(entity.path("type").asText() + " " + entity.path("id").asText());
                add(parts, Wording.interval(entity.path("exists")));
                add(parts, Wording.point(entity.path("place")));
            }
            case "fact" -> {
                parts.add("fact " + hit.path("id").asText());
                add(parts, Wording.interval(hit.at("/fact/valid")));
            }
            default -> {
                var memory = hit.path("memory");
                parts.add("memory " + memory.path("id").asText());
                add(parts, memory.path("speaker").asText(""));
                add(parts, Wording.moment(memory.path("occurred").asText("")));
                add(parts, Wording.point(memory.path("place")));
            }
        }
        return parts.toString();
    }

    private static void add(StringJoiner parts, String part) {
        if (!part.isEmpty()) {
            parts.add(part);
        }
    }

    /// Sources, each once, with the first quote of each.
    private static String evidence(JsonNode hit) {
        var said = new ArrayList<String>();
        var sources = new ArrayList<String>();
        for (var citation : hit.path("evidence")) {
            var source = citation.path("source").asText();
            if (!sources.contains(source)) {
                sources.add(source);
                var quote = citation.path("quote").asText("");
                said.add(quote.isEmpty() ? source : source + " “" + Wording.shortened(quote) + "”");
            }
        }
        return String.join(", ", said);
    }

    private static String scores(JsonNode by) {
        var scores = new StringJoiner("  ");
        for (var dimension : List.of("what", "where", "when", "why", "who")) {
            if (by.has(dimension)) {
                scores.add(
                        String.format(
                                Locale.ROOT, "%s %.2f", dimension, by.path(dimension).asDouble()));
            }
        }
        return scores.toString();
    }

    private void printExplanation(JsonNode steps) {
        for (var step : steps) {
            terminal.line(
                    String.format(
                            Locale.ROOT,
                            "%s%-28s %8d rows %9.3f ms",
                            INDENT,
                            step.path("step").asText(),
                            step.path("actualRows").asLong(),
                            step.path("ms").asDouble()));
        }
    }

    private static String summary(JsonNode answer) {
        int hits = answer.path("hits").size();
        return String.format(
                Locale.ROOT,
                "%d hit%s in %.1f ms, as of %s",
                hits,
                hits == 1 ? "" : "s",
                answer.path("tookMs").asDouble(),
                answer.path("bookmark").asText("?"));
    }
}
