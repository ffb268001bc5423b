package dev.palimpsest.api.command;

import dev.palimpsest.api.wire.AnswerBody;
import dev.palimpsest.api.wire.AnswerBody.StepBody;
import dev.palimpsest.api.wire.HitBody;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

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
    public void print(AnswerBody answer) {
        print(answer, Integer.MAX_VALUE);
    }

    /// Prints the best hits of an answer.
    ///
    /// @param most how many
    public void print(AnswerBody answer, int most) {
        var hits = answer.hits();
        for (int i = 0; i < Math.min(hits.size(), most); i++) {
            print(i + 1, hits.get(i));
        }
        if (hits.size() > most) {
            terminal.line(INDENT + "and " + (hits.size() - most) + " more");
        }
        if (hits.isEmpty()) {
            terminal.line(INDENT + "nothing found");
        }
        if (answer.note() != null) {
            terminal.line(INDENT + answer.note());
        }
        if (answer.truncated()) {
            terminal.line(INDENT + "there may be more: a limit was met before all was looked at");
        }
        orNone(answer.explain()).forEach(this::print);
        terminal.line(terminal.faint(INDENT + summary(answer)));
    }

    private void print(int rank, HitBody hit) {
        terminal.line(
                String.format(Locale.ROOT, "%3d. ", rank)
                        + terminal.bold(title(hit))
                        + terminal.faint(String.format(Locale.ROOT, "  %.2f", hit.score())));
        terminal.line(INDENT + whatItIs(hit));
        printCauses(hit);
        for (var folded : orNone(hit.facts())) {
            terminal.line(INDENT + "· " + title(folded));
        }
        var evidence = evidence(hit);
        if (!evidence.isEmpty()) {
            terminal.line(INDENT + "said by " + evidence);
        }
        terminal.line(terminal.faint(INDENT + scores(hit.by())));
    }

    private void printCauses(HitBody hit) {
        for (var step : orNone(hit.path())) {
            terminal.line(INDENT + Wording.causalStep(step));
        }
        orNone(hit.paths()).stream()
                .skip(1)
                .forEach(path -> terminal.line(INDENT + "or " + Wording.path(path)));
        if (hit.probability() != null) {
            terminal.line(INDENT + Wording.probability(hit.probability(), hit.standardError()));
        }
    }

    private static String title(HitBody hit) {
        var entity = hit.entity();
        if (entity != null) {
            return entity.name() == null ? hit.id() : entity.name();
        }
        var fact = hit.fact();
        if (fact != null) {
            return Wording.fact(fact);
        }
        var memory = hit.memory();
        return memory == null ? "" : Wording.shortened(memory.text());
    }

    private static String whatItIs(HitBody hit) {
        var parts = new StringJoiner(" · ");
        var entity = hit.entity();
        if (entity != null) {
            parts.add(entity.type() + " " + entity.id());
            add(parts, Wording.interval(entity.exists()));
            add(parts, Wording.point(entity.place()));
        }
        var fact = hit.fact();
        if (fact != null) {
            parts.add("fact " + hit.id());
            add(parts, Wording.interval(fact.valid()));
        }
        var memory = hit.memory();
        if (memory != null) {
            parts.add("memory " + memory.id());
            add(parts, memory.speaker());
            add(parts, Wording.moment(memory.occurred()));
            add(parts, Wording.point(memory.place()));
        }
        return parts.toString();
    }

    private static void add(StringJoiner parts, @Nullable String part) {
        if (part != null && !part.isEmpty()) {
            parts.add(part);
        }
    }

    /// Sources, each once, with the first quote of each.
    private static String evidence(HitBody hit) {
        var said = new LinkedHashMap<String, String>();
        for (var citation : hit.evidence()) {
            var source = citation.source();
            var quote = citation.quote();
            said.putIfAbsent(
                    source,
                    quote == null || quote.isEmpty()
                            ? source
                            : source + " “" + Wording.shortened(quote) + "”");
        }
        return String.join(", ", said.values());
    }

    private static String scores(Map<String, Double> by) {
        var scores = new StringJoiner("  ");
        for (var dimension : List.of("what", "where", "when", "why", "who")) {
            var score = by.get(dimension);
            if (score != null) {
                scores.add(String.format(Locale.ROOT, "%s %.2f", dimension, score));
            }
        }
        return scores.toString();
    }

    private void print(StepBody step) {
        terminal.line(
                String.format(
                        Locale.ROOT,
                        "%s%-28s %8d rows %9.3f ms",
                        INDENT,
                        step.step(),
                        step.actualRows(),
                        step.ms()));
    }

    private static String summary(AnswerBody answer) {
        int hits = answer.hits().size();
        return String.format(
                Locale.ROOT,
                "%d hit%s in %.1f ms, as of %s",
                hits,
                hits == 1 ? "" : "s",
                answer.tookMs(),
                answer.bookmark());
    }

    private static <T> List<T> orNone(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
