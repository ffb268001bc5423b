package dev.palimpsest.relational;

import dev.palimpsest.model.Assertion;
import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.FactId;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.port.Ledger.Page;
import dev.palimpsest.port.Ledger.PageRequest;
import dev.palimpsest.relational.Paging.Place;
import dev.palimpsest.time.Position;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Reads assertions: what was said, by whom.
record AssertionReads(SpaceReads reads) {

    private static final String OF_FACTS =
            "select "
                    + AssertionRows.COLUMNS
                    + """
                    from unnest(?::uuid[]) wanted (fact)
                    cross join lateral (
                        select * from assertion x
                        where x.fact = wanted.fact
                        and x.from_position <= ? and x.until_position > ?
                        order by x.said desc, x.id
                        limit ?
                    ) a
                    join entity e on e.node = a.subject
                    join predicate p on p.no = a.predicate
                    join source o on o.no = a.source
                    where a.space = (select no from space where id = ?)
                    order by a.said desc, a.id
                    """;

    private static final String SAID =
            "select "
                    + AssertionRows.COLUMNS
                    + "from "
                    + AssertionRows.TABLES
                    + """
                    where a.subject = (select x.node from entity x
                                       join space s on s.no = x.space where s.id = ? and x.id = ?)
                    and p.name = ?
                    and a.from_position <= ?
                    and (a.from_position, a.id) > (?, ?)
                    order by a.from_position, a.id
                    limit ?
                    """;

    /// Of each fact at most [Ledger#LONGEST_PAGE], the last said.
    Map<FactId, List<Assertion>> of(SpaceId space, Set<FactId> facts, Position at) {
        return of(space, facts, at, at.number());
    }

    /// Likewise, those that were taken back, too.
    Map<FactId, List<Assertion>> ever(SpaceId space, Set<FactId> facts, Position at) {
        return of(space, facts, at, 0);
    }

    private Map<FactId, List<Assertion>> of(
            SpaceId space, Set<FactId> facts, Position at, long heldAfter) {
        if (facts.isEmpty()) {
            return Map.of();
        }
        return reads
                .list(
                        "read what was said of " + facts.size() + " facts",
                        space,
                        OF_FACTS,
                        row -> AssertionRows.assertion(row, at),
                        facts.stream().map(FactId::value).toArray(UUID[]::new),
                        at.number(),
                        heldAfter,
                        Ledger.LONGEST_PAGE,
                        space.value())
                .stream()
                .collect(Collectors.groupingBy(Assertion::fact));
    }

    Page<Assertion> said(
            SpaceId space,
            EntityId subject,
            PredicateName predicate,
            Position at,
            PageRequest page) {
        var after = Place.after(page);
        var found =
                reads.list(
                        "read what was said of " + subject + " " + predicate,
                        space,
                        SAID,
                        row -> AssertionRows.assertion(row, at),
                        space.value(),
                        subject.value(),
                        predicate.value(),
                        at.number(),
                        after.number(),
                        after.id(),
                        page.size() + 1);
        return Paging.page(
                found,
                page,
                assertion ->
                        new Place("", assertion.recorded().fromPosition(), assertion.id().value())
                                .toString());
    }
}
