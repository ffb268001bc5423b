package dev.palimpsest.datasets.trial;

import dev.palimpsest.api.gremlin.GremlinDoor;
import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.port.Ledger.PageRequest;
import dev.palimpsest.question.Constraint.What;
import dev.palimpsest.question.Constraint.When;
import dev.palimpsest.question.Hit;
import dev.palimpsest.question.Kind;
import dev.palimpsest.question.Question;
import dev.palimpsest.question.Reader;
import dev.palimpsest.time.Stamp;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// A question about the past and the answer it got the first time.
record Sample(String subject, String predicate, int day, Stamp known, Way way, Set<String> answer) {

    /// Through which door it is asked.
    enum Way {
        /// By id, from the ledger.
        LEDGER,
        /// By a question, through the text index.
        QUESTION,
        /// By Gremlin, from the graph.
        GREMLIN
    }

    /// Asks, and keeps the answer.
    static Sample of(
            TrialHouse house,
            SpaceId space,
            String subject,
            String predicate,
            int day,
            Stamp known,
            Way way) {
        var unanswered = new Sample(subject, predicate, day, known, way, Set.of());
        return new Sample(subject, predicate, day, known, way, unanswered.ask(house, space));
    }

    /// The objects believed of the subject on the day, as known then.
    Set<String> ask(TrialHouse house, SpaceId space) {
        var moment = TrialWrite.day(day).plusSeconds(3_600);
        return new TreeSet<>(
                switch (way) {
                    case LEDGER -> fromLedger(house.ledger(), space, moment);
                    case QUESTION -> fromQuestion(house.reader(), space, moment);
                    case GREMLIN -> fromGremlin(house.gremlin(), space, moment);
                });
    }

    private Set<String> fromLedger(Ledger ledger, SpaceId space, Instant moment) {
        var at = ledger.positionAt(space, known.at());
        return ledger
                .facts(
                        space,
                        new EntityId(subject),
                        Optional.of(new PredicateName(predicate)),
                        Optional.of(moment),
                        at,
                        PageRequest.first(Ledger.LONGEST_PAGE))
                .elements()
                .stream()
                .map(Sample::object)
                .collect(Collectors.toSet());
    }

    private Set<String> fromQuestion(Reader reader, SpaceId space, Instant moment) {
        var question =
                Question.of(
                                space,
                                new What.Text(subject + " " + predicate),
                                new When.At(moment, false))
                        .ofKinds(Set.of(Kind.FACT))
                        .limitedTo(Question.MOST_HITS)
                        .knownAt(known.at());
        return reader.answer(question).hits().stream()
                .map(Hit::found)
                .filter(Hit.Found.OfFact.class::isInstance)
                .map(found -> ((Hit.Found.OfFact) found).version())
                .filter(version ->
                        version.subject().value().equals(subject)
                                && version.predicate().value().equals(predicate))
                .map(Sample::object)
                .collect(Collectors.toSet());
    }

    private Set<String> fromGremlin(GremlinDoor gremlin, SpaceId space, Instant moment) {
        return gremlin
                .ask(
                        space,
                        "g.V('" + subject + "').values('" + predicate + "')",
                        Optional.of(moment),
                        Optional.of(known.at()))
                .values()
                .stream()
                .map(String::valueOf)
                .collect(Collectors.toSet());
    }

    private static String object(FactVersion version) {
        return ((Value.Text) version.object()).text();
    }
}
