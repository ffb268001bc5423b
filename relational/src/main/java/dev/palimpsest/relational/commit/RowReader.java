package dev.palimpsest.relational.commit;

import dev.palimpsest.model.FactId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Reads the rows visible now: of topics, facts, profiles.
final class RowReader {

    private static final String ASSERTION =
            """
            select a.id, a.fact, a.space, a.subject, a.predicate, a.object_kind, a.object,
                   a.object_node, a.valid_from, a.valid_until, a.valid_end, a.confidence,
                   a.strength, a.delay_mean, a.delay_sd, a.statement, a.from_position,
                   a.recorded_from, a.source, a.evidence_memory, a.evidence_quote,
                   a.evidence_offset, a.said, a.reason, a.corrects
            """;

    private static final String VERSION =
            """
            select a.id, a.fact, a.space, a.subject, a.predicate, a.object_kind, a.object,
                   a.object_node, a.valid_from, a.valid_until, a.valid_end, a.confidence,
                   a.strength, a.delay_mean, a.delay_sd, a.statement, a.from_position,
                   a.recorded_from
            """;

    /// All that was ever said of facts, closed or not.
    static final String EVER_SAID =
            ASSERTION
                    + """
                    , a.until_position, a.recorded_until
                    from assertion a where a.fact = any(?::uuid[])
                    """;

    /// All that was ever believed of facts, closed or not.
    static final String EVER_BELIEVED =
            VERSION
                    + """
                    , a.until_position, a.recorded_until
                    from fact_version a where a.fact = any(?::uuid[])
                    """;

    /// All that was ever believed of a subject with predicates of these names, which come last.
    static final String PARTS_EVER_BELIEVED =
            VERSION
                    + """
                    , a.until_position, a.recorded_until, p.name
                    from fact_version a join predicate p on p.no = a.predicate
                    where a.subject = ? and p.name = any(?::text[])
                    order by a.from_position, a.id
                    """;

    private static final String PROFILE =
            """
            select id, space, entity, type, name, aliases, description, latitude, longitude,
                   exists_from, exists_until, exists_end, from_position, recorded_from
            """;

    /// All profiles an entity ever had.
    static final String PROFILES_EVER =
            PROFILE
                    + """
                    , until_position, recorded_until
                    from profile where entity = ? order by from_position
                    """;

    private final Connection connection;

    RowReader(Connection connection) {
        this.connection = connection;
    }

    /// The visible rows of topics that touch a window; a topic without any is there too, empty.
    ///
    /// @param windows where it is not the whole that is wanted
    Map<Topic, TopicRows> topics(Map<Topic, Window> windows) throws SQLException {
        var topics = windows.keySet();
        var said = new HashMap<Topic, List<AssertionRow>>();
        var believed = new HashMap<Topic, List<VersionRow>>();
        for (var topic : topics) {
            said.put(topic, new ArrayList<>());
            believed.put(topic, new ArrayList<>());
        }
        var whole = topics.stream().filter(Topic.OfSubject.class::isInstance).toList();
        if (!whole.isEmpty()) {
            readOfSubjects(whole, windows, said, believed);
        }
        var single = topics.stream().filter(Topic.OfFact.class::isInstance).toList();
        if (!single.isEmpty()) {
            readOfFacts(single, said, believed);
        }
        var rows = new HashMap<Topic, TopicRows>();
        for (var topic : topics) {
            rows.put(
                    topic,
                    new TopicRows(
                            said.getOrDefault(topic, List.of()),
                            believed.getOrDefault(topic, List.of())));
        }
        return rows;
    }

    private void readOfSubjects(
            List<Topic> topics,
            Map<Topic, Window> windows,
            Map<Topic, List<AssertionRow>> said,
            Map<Topic, List<VersionRow>> believed)
            throws SQLException {
        var subjects = new Long[topics.size()];
        var predicates = new Integer[topics.size()];
        var froms = new Long[topics.size()];
        var untils = new Long[topics.size()];
        for (int i = 0; i < subjects.length; i++) {
            if (topics.get(i) instanceof Topic.OfSubject(long subject, int predicate)) {
                subjects[i] = subject;
                predicates[i] = predicate;
                var window = windows.getOrDefault(topics.get(i), Window.ALL);
                froms[i] = window.from();
                untils[i] = window.until();
            }
        }
        String from =
                """
                from unnest(?::bigint[], ?::int[], ?::bigint[], ?::bigint[])
                     as topic (subject, predicate, valid_from, valid_until)
                join %s a on a.subject = topic.subject and a.predicate = topic.predicate
                where a.until_position = 9223372036854775807
                  and a.valid_until >= topic.valid_from and a.valid_from <= topic.valid_until
                order by a.from_position, a.id
                """;
        var given =
                List.of(
                        connection.createArrayOf("int8", subjects),
                        connection.createArrayOf("int4", predicates),
                        connection.createArrayOf("int8", froms),
                        connection.createArrayOf("int8", untils));
        Queries.each(
                connection,
                ASSERTION + from.formatted("assertion"),
                given,
                row -> {
                    var assertion = RowShapes.assertion(row);
                    var key = assertion.content().key();
                    add(said, new Topic.OfSubject(key.subject(), key.predicate()), assertion);
                });
        Queries.each(
                connection,
                VERSION + from.formatted("fact_version"),
                given,
                row -> {
                    var version = RowShapes.version(row);
                    var key = version.key();
                    add(believed, new Topic.OfSubject(key.subject(), key.predicate()), version);
                });
    }

    private void readOfFacts(
            List<Topic> topics,
            Map<Topic, List<AssertionRow>> said,
            Map<Topic, List<VersionRow>> believed)
            throws SQLException {
        var facts = new UUID[topics.size()];
        for (int i = 0; i < facts.length; i++) {
            if (topics.get(i) instanceof Topic.OfFact(long _, FactId fact)) {
                facts[i] = fact.value();
            }
        }
        String from =
                """
                from %s a
                where a.fact = any(?::uuid[]) and a.until_position = 9223372036854775807
                order by a.from_position, a.id
                """;
        List<Object> given = List.of(connection.createArrayOf("uuid", facts));
        Queries.each(
                connection,
                ASSERTION + from.formatted("assertion"),
                given,
                row -> {
                    var assertion = RowShapes.assertion(row);
                    var key = assertion.content().key();
                    add(said, new Topic.OfFact(key.subject(), key.fact()), assertion);
                });
        Queries.each(
                connection,
                VERSION + from.formatted("fact_version"),
                given,
                row -> {
                    var version = RowShapes.version(row);
                    var key = version.key();
                    add(believed, new Topic.OfFact(key.subject(), key.fact()), version);
                });
    }

    private static <R> void add(Map<Topic, List<R>> rows, Topic topic, R row) {
        rows.computeIfAbsent(topic, _ -> new ArrayList<>()).add(row);
    }

    /// A fact that something was asserted of at some time, and its predicate.
    record KnownFact(FactKey key, PredicateRow predicate) {}

    List<KnownFact> facts(Collection<FactId> facts) throws SQLException {
        List<KnownFact> found = new ArrayList<>();
        var ids = facts.stream().map(FactId::value).toArray(UUID[]::new);
        Queries.each(
                connection,
                """
                select distinct on (a.fact)
                       a.fact, a.space, a.subject, a.predicate, a.object_kind, a.object,
                       a.object_node, p.no, p.space, p.name, p.functional, p.causal,
                       p."symmetric", p.inverse, p.object_kind, p.registered, p.kinds_used,
                       p.position
                from assertion a join predicate p on p.no = a.predicate
                where a.fact = any(?::uuid[])
                """,
                List.of(connection.createArrayOf("uuid", ids)),
                row ->
                        found.add(
                                new KnownFact(RowShapes.key(row, 1), RowShapes.predicate(row, 8))));
        return found;
    }

    Set<FactId> factsOf(long subject, int predicate) throws SQLException {
        Set<FactId> facts = new HashSet<>();
        Queries.each(
                connection,
                """
                select distinct fact from assertion
                where subject = ? and predicate = ? and until_position = 9223372036854775807
                """,
                List.of(subject, predicate),
                row -> facts.add(new FactId(row.getObject(1, UUID.class))));
        return facts;
    }

    List<ProfileRow> profiles(Collection<Long> nodes) throws SQLException {
        List<ProfileRow> profiles = new ArrayList<>();
        Queries.each(
                connection,
                PROFILE
                        + """
                        from profile
                        where entity = any(?::bigint[]) and until_position = 9223372036854775807
                        """,
                List.of(connection.createArrayOf("int8", nodes.toArray(Long[]::new))),
                row -> profiles.add(RowShapes.profile(row)));
        return profiles;
    }
}
