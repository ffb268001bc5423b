package dev.palimpsest.query.run;

import dev.palimpsest.model.Assertion;
import dev.palimpsest.model.EntityProfile;
import dev.palimpsest.model.FactId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Row;
import dev.palimpsest.query.rank.Candidate;
import dev.palimpsest.question.Hit.Citation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Who says what was found.
///
/// @param said what sources say about each fact, last said first
record Evidence(SpaceId space, Map<FactId, List<Assertion>> said) {

    /// The most citations one hit has.
    static final int MOST_CITATIONS = 10;

    /// The facts whose assertions are the evidence of a candidate.
    static List<FactId> factsOf(SpaceId space, Candidate candidate) {
        return switch (candidate) {
            case Candidate.OfEntity(EntityProfile profile, long _) ->
                    ProfileFacts.of(space, profile);
            case Candidate.OfFact(Row.OfFact row) -> List.of(row.version().fact());
            case Candidate.OfMemory _ -> List.of();
        };
    }

    List<Citation> of(Candidate candidate) {
        return switch (candidate) {
            case Candidate.OfEntity(EntityProfile profile, long _) ->
                    cite(ProfileFacts.of(space, profile).stream().flatMap(this::about).toList());
            case Candidate.OfFact(Row.OfFact row) ->
                    cite(
                            about(row.version().fact())
                                    .filter(one -> one.valid().overlaps(row.version().valid()))
                                    .toList());
            case Candidate.OfMemory(Row.OfMemory row) ->
                    List.of(
                            new Citation(
                                    row.memory().source(),
                                    Optional.empty(),
                                    Optional.of(row.memory().id()),
                                    Optional.empty()));
        };
    }

    private Stream<Assertion> about(FactId fact) {
        return said.getOrDefault(fact, List.of()).stream();
    }

    /// One citation for each place something was read in: a source that gave none is named once.
    private static List<Citation> cite(List<Assertion> assertions) {
        Set<Object> places = new HashSet<>();
        List<Citation> citations = new ArrayList<>();
        for (var assertion : assertions) {
            boolean isNew = places.add(List.of(assertion.source(), assertion.evidence()));
            if (isNew && citations.size() < MOST_CITATIONS) {
                citations.add(
                        new Citation(
                                assertion.source(),
                                Optional.of(assertion.id()),
                                assertion.evidence().flatMap(read -> read.memory()),
                                assertion.evidence().flatMap(read -> read.quote())));
            }
        }
        return citations;
    }
}
