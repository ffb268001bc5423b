package dev.palimpsest.relational.commit;

import dev.palimpsest.model.Profile;
import dev.palimpsest.model.SourceId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// Forgets a source: its memories, all that it ever said, and what was believed for that reason
/// alone. What others said at the same time stays believed over the time they said it; what they
/// say now is believed by the one rule, so rivals come back.
final class SourceErasure {

    private static final int FACTS_AT_ONCE = 1_000;

    /// Versions that stay whole of which those who follow are told: all that is told at one
    /// position is held in memory by each of them.
    private static final int MOST_TOLD = 20_000;

    private final Erasure erasure;
    private final SourceId id;
    private final int source;

    /// @param source the number of `id`
    SourceErasure(Erasure erasure, SourceId id, int source) {
        this.erasure = erasure;
        this.id = id;
        this.source = source;
    }

    void erase() throws SQLException {
        new MemoryErasure(erasure).erase("space = ? and source = ?", erasure.space(), source);
        var facts = new ErasedFacts(erasure);
        facts.gather("select distinct fact from assertion where source = ?", source);
        erasure.change("create temp table shared_fact (fact uuid primary key) on commit drop");
        erasure.change(
                """
                insert into shared_fact (fact)
                select fact from gone_fact g
                where exists (select from assertion a where a.fact = g.fact and a.source <> ?)
                """,
                source);
        var topics =
                facts.topics(
                        """
                        select a.subject, a.predicate, a.fact
                        from gone_fact g join assertion a on a.fact = g.fact
                        where a.source = ? and a.until_position = 9223372036854775807
                        """,
                        source);
        var described = described();
        facts.unreadStatements(UNSHARED);
        facts.redactClosings("and a.source = ?", "and c.source <> ?", source, source);
        gatherSupported();
        deleteFacts();
        keepWhatOthersSaid();
        tellWhatStays();
        facts.deriveAnew(topics);
        profile(described);
        erasure.count("sources", erasure.change("delete from source where no = ?", source));
        erasure.redactAnswers(List.of(id.value()));
    }

    private static final String UNSHARED =
            " and not exists (select from shared_fact s where s.fact = v.fact) ";

    /// Entities whose profiles the source had a say in.
    private Set<Long> described() throws SQLException {
        Set<Long> described = new LinkedHashSet<>();
        var parts =
                Profile.PREDICATES.stream().map(part -> part.name().value()).toArray(String[]::new);
        erasure.each(
                """
                select distinct a.subject from gone_fact g join assertion a on a.fact = g.fact
                join predicate p on p.no = a.predicate
                where a.source = ? and p.name = any(?::text[])
                """,
                row -> described.add(row.getLong(1)),
                source,
                erasure.connection().createArrayOf("text", parts));
        return described;
    }

    private void deleteFacts() throws SQLException {
        erasure.change(
                """
                insert into gone_row
                       (position, space, kind, row_id, node, predicate, object_kind, object_node)
                select ?, v.space, ?, v.id, v.subject, v.predicate, v.object_kind, v.object_node
                from gone_fact g join fact_version v on v.fact = g.fact
                where true\
                """
                        + UNSHARED,
                erasure.entry().position(),
                (int) Codes.of(Change.Kind.FACT_VERSION));
        erasure.count(
                "factVersions",
                erasure.change(
                        "delete from fact_version v using gone_fact g where v.fact = g.fact"
                                + UNSHARED));
        erasure.count(
                "assertions",
                erasure.change(
                        """
                        delete from assertion a using gone_fact g
                        where a.fact = g.fact and a.source = ?
                        """,
                        source));
    }

    private void keepWhatOthersSaid() throws SQLException {
        List<UUID> shared = new ArrayList<>();
        erasure.each(
                "select fact from shared_fact", row -> shared.add(row.getObject(1, UUID.class)));
        for (int from = 0; from < shared.size(); from += FACTS_AT_ONCE) {
            var slice = shared.subList(from, Math.min(shared.size(), from + FACTS_AT_ONCE));
            new SharedFacts(erasure).keepWhatRemains(slice);
        }
    }

    /// The versions that the source and others said, as followers have it: see `Supporters`.
    private void gatherSupported() throws SQLException {
        erasure.change(
                """
                create temp table supported_version (from_position bigint, id uuid) on commit drop
                """);
        erasure.change(
                """
                insert into supported_version
                select v.from_position, v.id
                from shared_fact s join fact_version v on v.fact = s.fact
                where exists (
                    select from assertion a
                    where a.fact = v.fact and a.source = ?
                      and a.until_position > v.from_position and a.from_position < v.until_position
                      and a.valid_from < v.valid_until and v.valid_from < a.valid_until)
                """,
                source);
    }

    /// Text and vectors keep who says a version: fewer do, though it stays as it is.
    private void tellWhatStays() throws SQLException {
        erasure.change(
                """
                delete from supported_version w where not exists (
                    select from fact_version v
                    where v.from_position = w.from_position and v.id = w.id)
                """);
        List<Row> staying = new ArrayList<>();
        erasure.each(
                """
                select from_position, id from supported_version order by from_position, id limit ?
                """,
                row -> staying.add(new Row(row.getLong(1), row.getObject(2, UUID.class))),
                MOST_TOLD + 1);
        if (staying.size() > MOST_TOLD) {
            leave();
            return;
        }
        for (var row : staying) {
            erasure.entry().note(Change.Kind.FACT_VERSION, row.id(), row.fromPosition());
        }
    }

    /// The count stays with the tombstone, so that it is known later too.
    private void leave() throws SQLException {
        erasure.each(
                "select count(*) from supported_version",
                row -> erasure.count("leftInTextAndVectors", row.getLong(1)));
        erasure.leave(
                "the source's id in text and vectors, in more than "
                        + MOST_TOLD
                        + " versions of facts that others say too: rebuild text and vectors");
    }

    private record Row(long fromPosition, UUID id) {}

    private void profile(Set<Long> described) throws SQLException {
        for (long node : described) {
            new ProfileHistory(erasure, node).redact();
            erasure.desk().profiles().derive(erasure.entry(), node);
        }
    }
}
