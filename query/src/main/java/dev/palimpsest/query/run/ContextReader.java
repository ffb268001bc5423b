package dev.palimpsest.query.run;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.RowId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Row;
import dev.palimpsest.query.context.Packing;
import dev.palimpsest.query.plan.Plan;
import dev.palimpsest.query.plan.Planner.Planned;
import dev.palimpsest.query.plan.View;
import dev.palimpsest.query.rank.Judged;
import dev.palimpsest.query.rank.Listed;
import dev.palimpsest.question.Answer;
import dev.palimpsest.question.Constraint.What;
import dev.palimpsest.question.Context;
import dev.palimpsest.question.ContextMaker;
import dev.palimpsest.question.ContextQuestion;
import dev.palimpsest.question.Hit;
import dev.palimpsest.question.Kind;
import dev.palimpsest.question.Question;
import dev.palimpsest.question.Tokens;
import dev.palimpsest.time.Moments;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Tells the evidence for a question: the memories that are found for it, as many as there is room
/// for. They are read again from the ledger, like the hits of an answer.
public final class ContextReader implements ContextMaker {

    /// Memories that are considered, whatever room there is.
    static final int MOST_MEMORIES = 400;

    /// Facts that are told, and which part of the room they may take.
    private static final int MOST_FACTS = 10;

    private static final int FACTS_SHARE = 4;

    private final QuestionReader reader;

    /// @param reader whose ways of finding are used
    public ContextReader(QuestionReader reader) {
        this.reader = reader;
    }

    @Override
    public Context context(ContextQuestion asked) {
        reader.require(asked.question().ordering());
        long start = System.nanoTime();
        var question = asked.question().ofKinds(Set.of(Kind.MEMORY)).limitedTo(Question.MOST_HITS);
        var views = reader.views();
        var view = views.pinned(question);
        var facts = asked.facts() ? facts(asked, view) : List.<Hit>of();
        var told = new StringBuilder();
        var kept = new ArrayList<Hit>();
        for (var fact : facts) {
            var line = line(fact);
            if (Tokens.of(told + line) <= asked.tokens() / FACTS_SHARE) {
                told.append(line);
                kept.add(fact);
            }
        }
        var words = question.find(What.Text.class).orElseThrow().words();
        var packing = new Packing(asked.tokens() - Tokens.of(told.toString()), words);
        Optional<String> note =
                switch (reader.planner().plan(question, view)) {
                    case Planned.Ready(Plan plan) -> pack(plan, packing);
                    case Planned.NotYetKnown(EntityId entity) ->
                            Optional.of(Views.notYetKnown(entity));
                };
        var items = packing.items();
        if (items.isEmpty()) {
            views.requireSpace(question.space());
        }
        var text = told + packing.text();
        return new Context(
                text,
                Tokens.of(text),
                kept,
                items,
                packing.leftOut(),
                views.bookmark(view),
                Duration.ofNanos(System.nanoTime() - start),
                views.noted(question, note),
                question.explain() ? view.trace().steps() : List.<Answer.Step>of());
    }

    private Optional<String> pack(Plan plan, Packing packing) {
        var gathered = reader.best(plan);
        var ranked =
                new Judging(plan, gathered.text())
                        .ofListed(gathered.rows()).stream()
                                .sorted(Judged.bestFirst())
                                .limit(MOST_MEMORIES)
                                .toList();
        var view = plan.view();
        Set<RowId> ids = ranked.stream().map(Judged::id).collect(Collectors.toSet());
        var rows =
                view.trace()
                        .step(
                                "read rows",
                                () -> reader.ledger().rows(view.space(), ids, view.at()),
                                Map::size);
        for (Judged<Listed> one : ranked) {
            if (rows.get(one.id()) instanceof Row.OfMemory memory) {
                packing.offer(memory.memory(), one.score(), memory.recorded().fromPosition());
            }
        }
        return Limits.note(plan, new Hits.Made(List.of(), false), gathered);
    }

    /// What holds of what is asked about, as of the same position as the memories.
    private List<Hit> facts(ContextQuestion asked, View view) {
        return reader.hits(asked.question().ofKinds(Set.of(Kind.FACT)).limitedTo(MOST_FACTS), view);
    }

    private static String line(Hit hit) {
        if (!(hit.found() instanceof Hit.Found.OfFact(FactVersion version))) {
            return "";
        }
        var object =
                version.object() instanceof Value.Entity(EntityId entity)
                        ? entity.value()
                        : version.object().canonical();
        var said =
                version.qualifiers()
                        .statement()
                        .orElse(version.subject() + " " + version.predicate() + " " + object);
        return said + since(version.valid().from()) + "\n";
    }

    /// Nothing, of what nobody said a beginning of.
    private static String since(Instant from) {
        return from.equals(Moments.BEGINNING)
                ? ""
                : " (since " + from.atOffset(ZoneOffset.UTC).toLocalDate() + ")";
    }
}
