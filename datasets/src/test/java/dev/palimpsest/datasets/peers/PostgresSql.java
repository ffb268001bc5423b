package dev.palimpsest.datasets.peers;

import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.time.Interval;
import java.util.HashMap;
import java.util.Map;

/// Questions as SQL, each one statement.
///
/// Where a stretch of time is asked for, few rows pass: they are found first, by GiST indexes on
/// place and time, by subject and by mention, and all of them are judged. Otherwise nearly all
/// pass, and the best by each soft constraint are found first, by index where there is one.
///
/// Nearness in meaning is by the signs of 384 components first (`bit_count` of an exclusive or),
/// then exactly among the nearest by that. Places are points on the unit sphere (`cube`), distances
/// chords: both exact at poles and antimeridian.
final class PostgresSql {

    /// How many of the nearest by signs are compared exactly.
    private static final int COMPARED = 2 * Peer.DEPTH;

    /// How many of the nearest by signs are looked at where nearly all rows pass.
    private static final int LOOKED_AT = 1_000;

    private static final double RADIANS_OF_KM = 1 / GeoPoint.EARTH_RADIUS_KM;

    private final PeerQuestion question;
    private final Map<String, Object> values = new HashMap<>();

    private PostgresSql(PeerQuestion question) {
        this.question = question;
        values.put("known", question.knownAt());
        values.put("centre", cube(question.centre()));
        values.put(
                "chord",
                2 * Math.sin(Math.min(question.kilometres() * RADIANS_OF_KM, Math.PI) / 2));
        values.put("reference", question.reference());
        question.during().ifPresent(during -> values.put("during", range(during)));
        question.chain()
                .ifPresent(chain -> {
                    values.put("start", chain.start());
                    values.put("hops", chain.hops());
                });
    }

    /// Finds the best.
    static NamedSql best(PeerQuestion question) {
        var sql = new PostgresSql(question);
        sql.putSoft();
        return question.during().isPresent() ? sql.few() : sql.many();
    }

    /// The ids of all that passes.
    static NamedSql passing(PeerQuestion question) {
        var sql = new PostgresSql(question);
        return new NamedSql(
                "with recursive %s%s%s select id from passing"
                        .formatted(sql.walk(), sql.inside(), sql.passing()),
                sql.values);
    }

    /// A point on the unit sphere.
    static String cube(GeoPoint point) {
        double latitude = Math.toRadians(point.latitude());
        double longitude = Math.toRadians(point.longitude());
        return "("
                + Math.cos(latitude) * Math.cos(longitude)
                + ","
                + Math.cos(latitude) * Math.sin(longitude)
                + ","
                + Math.sin(latitude)
                + ")";
    }

    static String range(long from, long until) {
        return "[" + from + "," + (until == Long.MAX_VALUE ? "" : until) + ")";
    }

    private static String range(Interval interval) {
        return range(interval.fromMicros(), interval.untilMicros());
    }

    private void putSoft() {
        values.put("text", question.text());
        values.put("signs", BitPlanes.signs(question.direction()));
        values.put("planes", "{" + String.join(",", BitPlanes.of(question.direction())) + "}");
        values.put("length", question.direction().length());
        question.around().ifPresent(half -> values.put("halfKm", half));
        question.near()
                .ifPresent(near -> {
                    values.put("near", near.micros());
                    values.put("halfSeconds", near.halfSeconds());
                });
    }

    /// Entities in the region, with the chord to the nearest place of each; of those that are on
    /// chains or have facts that are, if these are asked for.
    private String inside() {
        return """
        inside as materialized (
          select node, min(place <-> cast({centre} as cube)) as chord
          from %splace%s
          where recorded @> {known} and %s%s
          group by node)\
        """
                .formatted(
                        question.chain().isPresent() ? "touched join " : "",
                        question.chain().isPresent() ? " using (node)" : "",
                        question.during().isPresent()
                                ? "valid && cast({during} as int8range)"
                                : "valid @> {reference}",
                        region("place"));
    }

    /// Where chains are asked for, these find the few rows there are, and no index is to do so.
    private String region(String place) {
        if (!question.hasRegion()) {
            return "";
        }
        String exactly = "\n    and (%s <-> cast({centre} as cube)) <= {chord}".formatted(place);
        String byIndex =
                "\n    and %s <@ cube_enlarge(cast({centre} as cube), {chord}, 3)".formatted(place);
        return question.chain().isPresent() ? exactly : byIndex + exactly;
    }

    /// Everything on chains, with the strongest chain of each; nothing where none are asked for.
    private String walk() {
        if (question.chain().isEmpty()) {
            return "";
        }
        boolean forwards = question.chain().get().forwards();
        return """
        walk(node, no, links, strength, begins, way) as (
          select subject, 0, 0, cast(1 as float8), lower(valid), array[subject]
          from doc
          where kind = 0 and subject = {start} and recorded @> {known}
          union all
          select e.subject, c.no, w.links + 1, w.strength * c.strength, lower(e.valid), w.way || e.subject
          from walk w
          join doc c on c.%s = w.node and c.strength is not null and c.recorded @> {known}
          join doc e on e.kind = 0 and e.subject = c.%s and e.recorded @> {known}
          where w.links < {hops} and e.subject <> all (w.way) and lower(e.valid) %s w.begins),
        reached as materialized (
          select distinct on (node) node, strength, links
          from walk where links > 0 order by node, strength desc, links),
        linked as materialized (
          select distinct on (no) w.no, d.subject as node, w.strength, w.links
          from walk w join doc d using (no) where w.links > 0 order by no, w.strength desc, w.links),
        touched as materialized (select node from reached union select node from linked),
        mentioning as materialized (
          select distinct on (d.no) d.no, r.strength, r.links
          from reached r join doc d on d.kind = 2 and d.mentions @> array[r.node]
          order by d.no, r.strength desc, r.links),
        \
        """
                .formatted(
                        forwards ? "subject" : "object",
                        forwards ? "object" : "subject",
                        forwards ? ">=" : "<=");
    }

    /// All rows that pass, with the chord to the centre and the chain they are on.
    private String passing() {
        String common =
                "d.recorded @> {known}"
                        + (question.during().isPresent()
                                ? " and d.valid <@ cast({during} as int8range)"
                                : "");
        String row = "select d.no, d.id, d.kind, d.subject, d.valid, d.bits, ";
        String memories = "d.kind = 2 and d.place is not null and " + common + region("d.place");
        String text =
                question.chain().isEmpty()
                        ? """
                        , passing as materialized (
                          %1$sd.place <-> cast({centre} as cube) as chord, cast(1 as float8) as strength, 0 as links
                          from doc d where %2$s
                          union all
                          %1$si.chord, 1, 0
                          from inside i join doc d on d.subject = i.node and d.kind < 2 and %3$s)\
                        """
                        : """
                        , passing as materialized (
                          %1$sd.place <-> cast({centre} as cube) as chord, m.strength, m.links
                          from mentioning m join doc d using (no) where %2$s
                          union all
                          %1$si.chord, r.strength, r.links
                          from reached r join inside i using (node)
                          join doc d on d.subject = r.node and d.kind = 0 and %3$s
                          union all
                          %1$si.chord, l.strength, l.links
                          from linked l join inside i using (node) join doc d using (no) where %3$s)\
                        """;
        return text.formatted(row, memories, common);
    }

    private static final String WORDS_ASKED =
            "cast(replace(cast(plainto_tsquery('english', {text}) as text), '&', '|') as tsquery)";

    private static final String BY_SIGNS = "order by bit_count(bits # cast({signs} as bit(384)))";

    /// The best by words of some rows.
    ///
    /// @param rows what gives `no`; all if empty
    private static String byWords(String rows, int most) {
        return """
        select b.no, ts_rank('{.1, .2, .5, 1}', b.words, %1$s) as raw
          from %2$sbody b where %3$sb.words @@ %1$s
          order by raw desc limit %4$d\
        """
                .formatted(
                        WORDS_ASKED,
                        rows.isEmpty() ? "" : rows + " p, ",
                        rows.isEmpty() ? "" : "p.no = b.no and ",
                        most);
    }

    /// @param bits the rows that are nearest by their signs, the nearest first
    private static String meaning(String bits) {
        return """
        , bits as materialized (%s limit %d),
        meaning as materialized (
          select no, dot(v, cast({planes} as bit(384)[])) / (v.length * {length}) as raw
          from bits join direction v using (no)
          order by raw desc limit %d)\
        """
                .formatted(bits, COMPARED, Peer.DEPTH);
    }

    private NamedSql few() {
        return new NamedSql(
                "with recursive "
                        + walk()
                        + inside()
                        + passing()
                        + ", words as materialized ("
                        + byWords("passing", Peer.DEPTH)
                        + ")"
                        + meaning("select no from passing where bits is not null " + BY_SIGNS)
                        + judged("passing"),
                values);
    }

    private NamedSql many() {
        String here =
                """
                d.recorded @> {known} and (d.kind = 2 and d.place is not null%s
                  or d.kind < 2 and d.subject in (select node from inside))\
                """
                        .formatted(region("d.place"));
        var lists = new StringBuilder("select no from words union select no from meaning");
        if (question.around().isPresent()) {
            lists.append(" union ").append(nearest(here));
        }
        if (question.near().isPresent()) {
            lists.append(" union ").append(closest(here));
        }
        return new NamedSql(
                "with recursive "
                        + inside()
                        + """
                        , words as materialized (
                          select r.no, r.raw from (%1$s) r join doc d using (no)
                          where %2$s order by r.raw desc limit %3$d)\
                        """
                                .formatted(byWords("", LOOKED_AT), here, Peer.DEPTH)
                        + meaning(
                                """
                                select d.no
                                  from (select no, bits from doc where bits is not null %1$s limit %2$d) r
                                  join doc d using (no) where %3$s %4$s\
                                """
                                        .formatted(
                                                BY_SIGNS,
                                                LOOKED_AT,
                                                here,
                                                BY_SIGNS.replace("(bits", "(r.bits")))
                        + """
                        , candidates as materialized (%s),
                        found as (
                          select d.no, d.id, d.kind, d.subject, d.valid,
                            coalesce(d.place <-> cast({centre} as cube), i.chord) as chord,
                            cast(1 as float8) as strength, 0 as links
                          from candidates join doc d using (no) left join inside i on i.node = d.subject and d.kind < 2)\
                        """
                                .formatted(lists)
                        + judged("found"),
                values);
    }

    private static String nearest(String here) {
        return """
        (select d.no from doc d where d.kind = 2 and %1$s order by d.place <-> cast({centre} as cube) limit %2$d)
          union (select d.no from (select node from inside order by chord limit %2$d) n
            join doc d on d.subject = n.node and d.kind < 2 where d.recorded @> {known})\
        """
                .formatted(here, Peer.DEPTH);
    }

    private static String closest(String here) {
        return """
        (select d.no from doc d where lower(d.valid) >= {near} and %1$s order by lower(d.valid) limit %2$d)
          union (select d.no from doc d where lower(d.valid) < {near} and %1$s order by lower(d.valid) desc limit %2$d)
          union (select d.no from doc d where d.valid @> {near} and %1$s limit %2$d)\
        """
                .formatted(here, Peer.DEPTH);
    }

    private String judged(String rows) {
        String where =
                question.around().isPresent()
                        ? "power(.5, least(1000, %s * asin(least(1, p.chord / 2)) / {halfKm}))"
                                .formatted(2 * GeoPoint.EARTH_RADIUS_KM)
                        : "1";
        String when =
                question.near().isPresent()
                        ? "power(.5, least(1000, greatest(0, lower(p.valid) - {near}, coalesce({near} - upper(p.valid), 0)) / 1e6 / {halfSeconds}))"
                        : "1";
        String why = question.chain().isPresent() ? " * (.01 + .99 * p.strength)" : "";
        int dimensions = question.chain().isPresent() ? 4 : 3;
        return """

        select f.*, b.text
        from (
          select p.id, p.no, p.kind, p.subject, p.links,
            power((.01 + .99 * (coalesce(w.raw / (select max(raw) from words), 0) + coalesce(
                case when l.most > l.least then (m.raw - l.least) / (l.most - l.least)
                     when m.raw is not null then 1 end, 0)) / 2)
              * (.01 + .99 * %1$s) * (.01 + .99 * %2$s)%3$s, 1.0 / %4$d) as score
          from %5$s p
          left join words w using (no)
          left join meaning m using (no)
          cross join (select max(raw) as most, min(raw) as least from meaning) l
          order by score desc, kind, links, id desc limit %6$d) f
        join body b using (no)
        order by f.score desc, f.kind, f.links, f.id desc
        """
                .formatted(where, when, why, dimensions, rows, Peer.FOUND);
    }
}
