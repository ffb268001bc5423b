package dev.palimpsest.relational;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.FactId;
import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Ledger.Page;
import dev.palimpsest.port.Ledger.PageRequest;
import dev.palimpsest.relational.Paging.Place;
import dev.palimpsest.time.Moments;
import dev.palimpsest.time.Position;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Reads versions of facts: what is believed, and what was.
record FactReads(SpaceReads reads) {

    /// Holding at a moment, as `Interval.holdsAt` has it: an unknown end is sure of nothing but the
    /// first instant. Without a moment every version holds.
    private static final String HOLDS =
            """
            (?::bigint is null
             or v.valid_from <= ? and case v.valid_end
                                      when 'U' then v.valid_from = ? else v.valid_until > ? end)
            """;

    private static final String ABOUT = visibleWhere("v.subject");
    private static final String TO = visibleWhere("v.object_node");

    private static String visibleWhere(String node) {
        return "select "
                + FactRows.COLUMNS
                + "from "
                + FactRows.TABLES
                + "where "
                + node
                + """
                 = (select x.node from entity x
                        join space s on s.no = x.space where s.id = ? and x.id = ?)
                and v.from_position <= ? and v.until_position > ?
                and (?::text is null or p.name = ?)
                and (p.name, v.valid_from, v.id) > (?, ?, ?)
                and
                """
                + HOLDS
                + """
                order by p.name, v.valid_from, v.id
                limit ?
                """;
    }

    private static final String HISTORY =
            "select "
                    + FactRows.COLUMNS
                    + "from "
                    + FactRows.TABLES
                    + """
                    where v.subject = (select x.node from entity x
                                       join space s on s.no = x.space where s.id = ? and x.id = ?)
                    and v.from_position <= ?
                    and (?::text is null or p.name = ?)
                    and (v.from_position, v.id) > (?, ?)
                    order by v.from_position, v.id
                    limit ?
                    """;

    /// The first bound is there for the planner, which knows by it what partitions to leave out.
    private static final String BELIEVED =
            "select "
                    + FactRows.COLUMNS
                    + "from "
                    + FactRows.TABLES
                    + """
                    where v.space = (select no from space where id = ? and not forgotten)
                    and v.from_position >= ? and (v.from_position, v.id) > (?, ?)
                    and v.from_position <= ? and v.until_position > ?
                    order by v.from_position, v.id
                    limit ?
                    """;

    private static final String ONE_FACT =
            "select "
                    + FactRows.COLUMNS
                    + "from "
                    + FactRows.TABLES
                    + """
                    where v.fact = ? and v.space = (select no from space where id = ?)
                    and v.from_position <= ?
                    order by v.from_position, v.id
                    """;

    Page<FactVersion> about(
            SpaceId space,
            EntityId subject,
            Optional<PredicateName> predicate,
            Optional<Instant> valid,
            Position at,
            PageRequest page) {
        return visible(ABOUT, space, subject, predicate, valid, at, page);
    }

    Page<FactVersion> to(
            SpaceId space,
            EntityId object,
            Optional<PredicateName> predicate,
            Optional<Instant> valid,
            Position at,
            PageRequest page) {
        return visible(TO, space, object, predicate, valid, at, page);
    }

    private Page<FactVersion> visible(
            String sql,
            SpaceId space,
            EntityId entity,
            Optional<PredicateName> predicate,
            Optional<Instant> valid,
            Position at,
            PageRequest page) {
        var after = Place.after(page);
        var word = predicate.map(PredicateName::value);
        var moment = valid.map(Moments::toMicros);
        var found =
                reads.list(
                        "read facts about " + entity,
                        space,
                        sql,
                        row -> FactRows.version(row, at),
                        space.value(),
                        entity.value(),
                        at.number(),
                        at.number(),
                        word,
                        word,
                        after.word(),
                        after.number(),
                        after.id(),
                        moment,
                        moment,
                        moment,
                        moment,
                        page.size() + 1);
        return Paging.page(
                found,
                page,
                version ->
                        new Place(
                                        version.predicate().value(),
                                        version.valid().fromMicros(),
                                        version.id().value())
                                .toString());
    }

    Page<FactVersion> history(
            SpaceId space,
            EntityId subject,
            Optional<PredicateName> predicate,
            Position at,
            PageRequest page) {
        var after = Place.after(page);
        var word = predicate.map(PredicateName::value);
        var found =
                reads.list(
                        "read the history of " + subject,
                        space,
                        HISTORY,
                        row -> FactRows.version(row, at),
                        space.value(),
                        subject.value(),
                        at.number(),
                        word,
                        word,
                        after.number(),
                        after.id(),
                        page.size() + 1);
        return Paging.page(found, page, FactReads::recordedPlace);
    }

    Page<FactVersion> believed(SpaceId space, Position at, PageRequest page) {
        var after = Place.after(page);
        var found =
                reads.list(
                        "read what is believed in " + space,
                        space,
                        BELIEVED,
                        row -> FactRows.version(row, at),
                        space.value(),
                        after.number(),
                        after.number(),
                        after.id(),
                        at.number(),
                        at.number(),
                        page.size() + 1);
        return Paging.page(found, page, FactReads::recordedPlace);
    }

    private static String recordedPlace(FactVersion version) {
        return new Place("", version.recorded().fromPosition(), version.id().value()).toString();
    }

    List<FactVersion> versions(SpaceId space, FactId fact, Position at) {
        return reads.list(
                "read fact " + fact,
                space,
                ONE_FACT,
                row -> FactRows.version(row, at),
                fact.value(),
                space.value(),
                at.number());
    }
}
