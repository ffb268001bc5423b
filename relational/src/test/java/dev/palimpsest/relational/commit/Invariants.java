package dev.palimpsest.relational.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

/// What must hold of every ledger at any time, whatever was written.
final class Invariants {

    private static final Map<String, String> VIOLATIONS =
            Map.of(
                    "positions are not dense",
                    """
                    select last_position from ledger
                    where last_position <> (select count(distinct position) from change)
                       or last_position <> coalesce((select max(position) from change), 0)
                    """,
                    "recorded times of a space do not rise with positions",
                    """
                    select space, position from (
                        select space, position, recorded,
                               lag(recorded) over (partition by space order by position) before
                        from (select distinct space, position, recorded from change) stamp
                    ) stamped
                    where recorded <= before
                    """,
                    "a position has ordinals with gaps",
                    """
                    select position from change group by position
                    having max(ordinal) <> count(*) - 1 or count(distinct recorded) <> 1
                    """,
                    "a row was touched without a change, or the other way round",
                    """
                    with touched as (
                        select 0 kind, lpad(to_hex(node), 32, '0')::uuid id, position at,
                               position made, recorded from entity
                        union all select 2, id, from_position, from_position, recorded_from
                        from assertion
                        union all select 2, id, until_position, from_position, recorded_until
                        from assertion where until_position < 9223372036854775807
                        union all select 3, id, from_position, from_position, recorded_from
                        from fact_version
                        union all select 3, id, until_position, from_position, recorded_until
                        from fact_version where until_position < 9223372036854775807
                        union all select 4, id, from_position, from_position, recorded_from
                        from profile
                        union all select 4, id, until_position, from_position, recorded_until
                        from profile where until_position < 9223372036854775807
                        union all select 5, row_id, from_position, from_position, recorded_from
                        from memory
                    ), listed as (
                        select kind::int, row_id, position, row_position, recorded from change
                        where kind not in (1, 6)
                    )
                    (table touched except all table listed)
                    union all (table listed except all table touched)
                    """,
                    "a row ends where it begins",
                    """
                    select id from assertion where until_position <= from_position
                    union all select id from fact_version where until_position <= from_position
                    union all select id from profile where until_position <= from_position
                    """,
                    "an entity has not exactly one profile at all times",
                    """
                    select e.id from entity e left join (
                        select entity, min(from_position) first, max(until_position) last,
                               sum(until_position::numeric - from_position) covered,
                               max(until_position)::numeric - min(from_position) span
                        from profile group by entity
                    ) p on p.entity = e.node
                    where p.first is distinct from e.position
                       or p.last <> 9223372036854775807 or p.covered <> p.span
                    """,
                    "nodes are not dense",
                    """
                    select last_node from ledger, (
                        select count(*) n, count(distinct node) d, coalesce(max(node), 0) m
                        from (select node from entity union all select node from memory) node
                    ) nodes
                    where n <> last_node or d <> last_node or m <> last_node
                    """);

    private Invariants() {}

    static void hold(OpenLedger ledger) {
        VIOLATIONS.forEach((rule, query) -> assertThat(ledger.rows(query)).as(rule).isEmpty());
    }
}
