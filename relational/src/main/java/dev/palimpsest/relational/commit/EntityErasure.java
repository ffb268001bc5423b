package dev.palimpsest.relational.commit;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.EntityProfile;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Forgets an entity: all that was ever said about it or with it as object, its profiles, its id,
/// and that memories mention it.
final class EntityErasure {

    /// How many memories that mention it are named in the report.
    private static final int MOST_NAMED = 20;

    private final Erasure erasure;
    private final EntityId id;
    private final long node;

    EntityErasure(Erasure erasure, EntityId id, long node) {
        this.erasure = erasure;
        this.id = id;
        this.node = node;
    }

    void erase() throws SQLException {
        var facts = new ErasedFacts(erasure);
        facts.gather("select fact from fact_version where subject = ?", node);
        facts.gather("select fact from fact_version where object_node = ?", node);
        facts.gather("select fact from assertion where subject = ?", node);
        var others =
                facts.topics(
                        """
                        select a.subject, a.predicate, a.fact
                        from gone_fact g join assertion a on a.fact = g.fact
                        where a.subject <> ? and a.until_position = 9223372036854775807
                        """,
                        node);
        facts.unreadStatements("");
        erasure.goneEntity(node);
        facts.redactCorrections();
        deleteFacts();
        facts.deriveAnew(others.stream().filter(EntityErasure::isOfSubject).toList());
        deleteProfiles();
        redactMentions();
        erasure.count("entities", erasure.change("delete from entity where node = ?", node));
        erasure.redactAnswers(List.of(id.value()));
    }

    /// A fact that is settled by itself is gone as a whole.
    private static boolean isOfSubject(ErasedFacts.Said said) {
        return said.topic() instanceof Topic.OfSubject;
    }

    private void deleteFacts() throws SQLException {
        erasure.count(
                "assertions",
                erasure.change("delete from assertion a using gone_fact g where a.fact = g.fact"));
        erasure.count(
                "factVersions",
                erasure.change(
                        "delete from fact_version v using gone_fact g where v.fact = g.fact"));
    }

    private void deleteProfiles() throws SQLException {
        erasure.each(
                "select distinct type, name, description from profile where entity = ?",
                row ->
                        erasure.unread(
                                EntityProfile.text(
                                        RowShapes.text(row, 2).orElse(id.value()),
                                        row.getString(1),
                                        RowShapes.text(row, 3))),
                node);
        erasure.count("profiles", erasure.change("delete from profile where entity = ?", node));
    }

    /// Memories stay, and what they say in their own words; projections get them again.
    private void redactMentions() throws SQLException {
        List<String> named = new ArrayList<>();
        List<Erasure.MemoryRef> mentioning = new ArrayList<>();
        erasure.each(
                """
                update memory set mentions = array_remove(mentions, ?::bigint)
                where space = ? and mentions @> array[?::bigint]
                returning row_id, node, from_position, id
                """,
                row -> {
                    mentioning.add(Erasure.MemoryRef.of(row));
                    if (named.size() < MOST_NAMED) {
                        named.add(row.getString(4));
                    }
                },
                node,
                erasure.space(),
                node);
        erasure.changed(mentioning);
        erasure.count("mentions", mentioning.size());
        if (!mentioning.isEmpty()) {
            erasure.leave(
                    "the texts of "
                            + mentioning.size()
                            + " memories that mentioned it stay as they are; read them, and forget"
                            + " those that must go: "
                            + String.join(", ", named)
                            + (mentioning.size() > named.size() ? ", ..." : ""));
        }
    }
}
