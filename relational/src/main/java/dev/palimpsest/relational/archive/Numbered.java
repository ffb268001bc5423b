package dev.palimpsest.relational.archive;

import java.util.List;
import java.util.Map;

/// Which columns of a space's rows hold what belongs to one ledger alone - numbers and positions -
/// and how they are told in another. Everything else - ids, what was said, both clocks - stays.
///
/// The rows are those of `arriving_<table>`, their changes those of `numbered_change`. For what
/// stands in `numbered_position`, `numbered_node`, `numbered_predicate` and `numbered_source` there
/// is a new number, which for positions and nodes is counted from those in `numbered_base`.
enum Numbered {
    SPACE("b.space", ""),
    POSITION(
            "n_%1$s.new + b.position", "left join numbered_position n_%1$s on n_%1$s.old = t.%1$s"),
    /// Where a row ends, or has not ended yet.
    END(
            "case when t.%1$s = 9223372036854775807 then t.%1$s else n_%1$s.new + b.position end",
            "left join numbered_position n_%1$s on n_%1$s.old = t.%1$s"),
    NODE("n_%1$s.new + b.node", "left join numbered_node n_%1$s on n_%1$s.old = t.%1$s"),
    NODES(
            """
            array(select m.new + b.node from unnest(t.%1$s) with ordinality as u (old, place)
                  join numbered_node m on m.old = u.old order by u.place)\
            """,
            ""),
    PREDICATE("n_%1$s.new", "left join numbered_predicate n_%1$s on n_%1$s.old = t.%1$s"),
    SOURCE("n_%1$s.new", "left join numbered_source n_%1$s on n_%1$s.old = t.%1$s"),
    /// The id of the row that a change is about; of some kinds of rows a number.
    ROW(
            """
            case when t.kind = 0 then lpad(to_hex(t.number + b.node), 32, '0')::uuid
                 when t.kind in (1, 6) then lpad(to_hex(t.number), 32, '0')::uuid
                 when t.kind = 7 then lpad(to_hex(n_position.new + b.position), 32, '0')::uuid
                 else t.row_id end\
            """,
            ""),
    /// A kept answer: its bookmark is the last of the space at or before what it was, or what was
    /// before all.
    ANSWER(
            """
            jsonb_build_object(
                'bookmark', b.epoch || '.0.' || b.position + coalesce(
                    (select p.new from numbered_position p
                     where p.old <= split_part(t.answer::jsonb ->> 'bookmark', '.', 3)::bigint
                     order by p.old desc limit 1), 0),
                'outcomes', coalesce(
                    (select jsonb_agg(
                         case when o.said -> 'position' is not null then jsonb_set(o.said, '{position}',
                             to_jsonb(coalesce(
                                 (select p.new + b.position from numbered_position p
                                  where p.old = (o.said ->> 'position')::bigint), 0)))
                         else o.said end order by o.place)
                     from jsonb_array_elements(t.answer::jsonb -> 'outcomes')
                          with ordinality as o (said, place)), '[]'))::text\
            """,
            "");

    /// By table; what is not named stays.
    static final Map<String, Map<String, Numbered>> COLUMNS =
            Map.ofEntries(
                    Map.entry("space", Map.of("no", SPACE)),
                    Map.entry(
                            "predicate",
                            Map.of("no", PREDICATE, "space", SPACE, "position", POSITION)),
                    Map.entry("source", Map.of("no", SOURCE, "space", SPACE, "position", POSITION)),
                    Map.entry("entity", Map.of("node", NODE, "space", SPACE, "position", POSITION)),
                    Map.entry(
                            "assertion",
                            Map.of(
                                    "space", SPACE,
                                    "subject", NODE,
                                    "predicate", PREDICATE,
                                    "object_node", NODE,
                                    "source", SOURCE,
                                    "said", POSITION,
                                    "from_position", POSITION,
                                    "until_position", END)),
                    Map.entry(
                            "fact_version",
                            Map.of(
                                    "space", SPACE,
                                    "subject", NODE,
                                    "predicate", PREDICATE,
                                    "object_node", NODE,
                                    "from_position", POSITION,
                                    "until_position", END)),
                    Map.entry(
                            "profile",
                            Map.of(
                                    "space", SPACE,
                                    "entity", NODE,
                                    "from_position", POSITION,
                                    "until_position", END)),
                    Map.entry(
                            "memory",
                            Map.of(
                                    "node", NODE,
                                    "space", SPACE,
                                    "mentions", NODES,
                                    "source", SOURCE,
                                    "from_position", POSITION,
                                    "until_position", END)),
                    Map.entry(
                            "change",
                            Map.of(
                                    "position", POSITION,
                                    "space", SPACE,
                                    "row_id", ROW,
                                    "row_position", POSITION)),
                    Map.entry("idempotency", Map.of("space", SPACE, "answer", ANSWER)),
                    Map.entry("forgotten", Map.of("position", POSITION, "space", SPACE)));

    /// In which order the rows of a table stand in an archive.
    private static final Map<String, String> ORDER =
            Map.ofEntries(
                    Map.entry("space", "t.no"),
                    Map.entry("predicate", "t.no"),
                    Map.entry("source", "t.no"),
                    Map.entry("entity", "t.node"),
                    Map.entry("assertion", "t.from_position, t.id"),
                    Map.entry("fact_version", "t.from_position, t.id"),
                    Map.entry("profile", "t.from_position, t.id"),
                    Map.entry("memory", "t.from_position, t.row_id"),
                    Map.entry("change", "t.position, t.ordinal"),
                    Map.entry("idempotency", "t.key collate \"C\""),
                    Map.entry("forgotten", "t.position"));

    private final String value;
    private final String join;

    Numbered(String value, String join) {
        this.value = value;
        this.join = join;
    }

    /// The rows of a table as the other ledger has them, with these columns.
    static String select(String table, List<String> columns) {
        var numbered = COLUMNS.getOrDefault(table, Map.of());
        var values = new StringBuilder();
        var joins = new StringBuilder();
        for (var column : columns) {
            var quoted = Statements.quoted(column);
            var how = numbered.get(column);
            values.append(values.isEmpty() ? "" : ", ")
                    .append(how == null ? "t." + quoted : how.value.formatted(column))
                    .append(" as ")
                    .append(quoted);
            if (how != null) {
                joins.append(how.join.formatted(column)).append('\n');
            }
        }
        return "select %s\nfrom %s t cross join numbered_base b\n%sorder by %s"
                .formatted(values, rows(table), joins, ORDER.get(table));
    }

    private static String rows(String table) {
        return table.equals("change") ? "numbered_change" : "arriving_" + table;
    }
}
