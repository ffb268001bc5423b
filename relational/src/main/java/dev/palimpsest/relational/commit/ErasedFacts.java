package dev.palimpsest.relational.commit;

import dev.palimpsest.model.FactId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Facts that go, or of which less is said: gathers them, and derives anew what is believed now
/// where others still say something.
///
/// The facts are gathered in a table of the transaction, `gone_fact`.
final class ErasedFacts {

    private static final int TOPICS_AT_ONCE = 2_000;

    private final Erasure erasure;

    ErasedFacts(Erasure erasure) throws SQLException {
        this.erasure = erasure;
        erasure.change("create temp table gone_fact (fact uuid primary key) on commit drop");
    }

    /// A topic of which something visible goes.
    record Said(Topic topic, PredicateRow predicate) {}

    /// Gathers facts.
    ///
    /// @param select gives their ids
    void gather(String select, Object... given) throws SQLException {
        erasure.change("insert into gone_fact (fact) " + select + " on conflict do nothing", given);
    }

    /// The embeddings of their sentences are to go.
    void unreadStatements(String onlyIf) throws SQLException {
        erasure.each(
                "select distinct v.statement from gone_fact g join fact_version v"
                        + " on v.fact = g.fact where v.statement is not null "
                        + onlyIf,
                row -> erasure.unread(row.getString(1)));
    }

    /// Corrections by and of facts that go: what stays loses what it says of them. Call it while
    /// their assertions are there.
    void redactCorrections() throws SQLException {
        erasure.count(
                "corrections",
                erasure.change(
                        """
                        update assertion a set corrects = null, reason = null
                        from gone_fact g
                        where a.corrects = g.fact
                          and not exists (select from gone_fact o where o.fact = a.fact)
                        """));
        redactClosings("", "and not exists (select from gone_fact o where o.fact = c.fact)");
    }

    /// What a forgotten correction took the place of keeps no reason in its words.
    ///
    /// @param which of the assertions `a` of the gathered facts go
    /// @param stays which of those they closed, `c`, do not go anyway
    void redactClosings(String which, String stays, Object... given) throws SQLException {
        erasure.count(
                "corrections",
                erasure.change(
                        """
                        update assertion c set closed_reason = null
                        from gone_fact g join assertion a on a.fact = g.fact
                        where c.fact = a.corrects and c.until_position = a.said
                          and c.closed_reason is not null %s %s
                        """
                                .formatted(which, stays),
                        given));
    }

    /// Derives anew what is believed of topics of which less is said.
    void deriveAnew(List<Said> topics) throws SQLException {
        var desk = erasure.desk();
        for (int from = 0; from < topics.size(); from += TOPICS_AT_ONCE) {
            var slice = topics.subList(from, Math.min(topics.size(), from + TOPICS_AT_ONCE));
            Map<Topic, Window> wanted = new LinkedHashMap<>();
            slice.forEach(said -> wanted.put(said.topic(), Window.ALL));
            desk.topics().load(wanted);
            for (var said : slice) {
                var rows = desk.topics().rows(said.topic());
                var believed =
                        new Derivation(
                                        erasure.entry(),
                                        said.predicate().predicate().functional(),
                                        Window.ALL)
                                .derive(rows.said(), rows);
                if (!believed.equals(rows.believed())) {
                    erasure.count("believedAnew", believed.size());
                    desk.topics().put(said.topic(), new TopicRows(rows.said(), believed));
                }
            }
        }
    }

    /// The topics that a query names by subject, predicate and fact.
    List<Said> topics(String sql, Object... given) throws SQLException {
        var found = new LinkedHashMap<Topic, Said>();
        erasure.each(
                """
                select distinct t.subject, t.fact, p.no, p.space, p.name, p.functional, p.causal,
                       p."symmetric", p.inverse, p.object_kind, p.registered, p.kinds_used,
                       p.position
                from (%s) t (subject, predicate, fact) join predicate p on p.no = t.predicate
                """
                        .formatted(sql),
                row -> {
                    var predicate = RowShapes.predicate(row, 3);
                    var fact = new FactId(row.getObject(2, UUID.class));
                    var topic =
                            predicate.isSettledTogether()
                                    ? new Topic.OfSubject(row.getLong(1), predicate.no())
                                    : new Topic.OfFact(row.getLong(1), fact);
                    found.put(topic, new Said(topic, predicate));
                },
                given);
        return new ArrayList<>(found.values());
    }
}
