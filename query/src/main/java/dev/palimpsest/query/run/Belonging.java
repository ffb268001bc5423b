package dev.palimpsest.query.run;

import dev.palimpsest.model.Assertion;
import dev.palimpsest.model.EntityProfile;
import dev.palimpsest.model.FactId;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.port.Row;
import dev.palimpsest.query.plan.Plan;
import dev.palimpsest.query.rank.Candidate;
import dev.palimpsest.question.Constraint.Who;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Looks again at what the filter of a plan may let through though it does not belong: facts about
/// what is no event at this snapshot, and what the sources asked for say at another one only.
final class Belonging {

    private final Ledger ledger;

    Belonging(Ledger ledger) {
        this.ledger = ledger;
    }

    List<Candidate> of(List<Candidate> candidates, Plan plan) {
        var inTime = candidates.stream().filter(one -> holds(one, plan)).toList();
        return plan.question()
                .find(Who.Sources.class)
                .map(asked -> saidBy(asked.sources(), inTime, plan))
                .orElse(inTime);
    }

    private static boolean holds(Candidate candidate, Plan plan) {
        var time = plan.view().time();
        return !time.isUsual()
                || !(candidate instanceof Candidate.OfFact(var row))
                || row.version().valid().holdsAt(time.now())
                || plan.view().isEvent(row.subjectNode());
    }

    private List<Candidate> saidBy(Set<SourceId> sources, List<Candidate> candidates, Plan plan) {
        var facts = new HashSet<FactId>();
        for (var candidate : candidates) {
            if (candidate instanceof Candidate.OfEntity(var profile, long _)) {
                facts.addAll(ProfileFacts.of(plan.view().space(), profile));
            }
        }
        Map<FactId, List<Assertion>> said =
                facts.isEmpty()
                        ? Map.of()
                        : plan.view()
                                .trace()
                                .step(
                                        "who describes them",
                                        () ->
                                                ledger.assertions(
                                                        plan.view().space(),
                                                        facts,
                                                        plan.view().at()),
                                        Map::size);
        return candidates.stream()
                .filter(candidate -> sourcesOf(candidate, said, plan).anyMatch(sources::contains))
                .toList();
    }

    private static Stream<SourceId> sourcesOf(
            Candidate candidate, Map<FactId, List<Assertion>> said, Plan plan) {
        return switch (candidate) {
            case Candidate.OfEntity(EntityProfile profile, long _) ->
                    ProfileFacts.of(plan.view().space(), profile).stream()
                            .flatMap(fact -> said.getOrDefault(fact, List.of()).stream())
                            .map(Assertion::source);
            case Candidate.OfFact(Row.OfFact row) -> row.sources().stream();
            case Candidate.OfMemory(Row.OfMemory row) -> Stream.of(row.memory().source());
        };
    }
}
